package io.github.sparkpysocial.samples.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.samples.transfer.TestPlaces.Kind;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.testkit.contract.HostileCorpus;
import io.github.sparkpysocial.transfer.Transfer;
import io.github.sparkpysocial.transfer.TransferReport;
import io.github.sparkpysocial.transfer.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every place to every other, over what is hostile and over what was really captured. */
@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class TransferMatrixIT {
  private static final Filter POSTS = Filter.kinds(RecordKind.POST);

  /** Cassandra takes names of at most 48 characters for its tables. */
  private static final int LONGEST_NAME = 24;

  @TempDir private static Path directory;

  @BeforeAll
  static void writeTheCorpusIntoEachPlace() {
    List<SocialRecord> hostile = someOf(HostileCorpus.posts(), 3);
    List<SocialRecord> posts = List.copyOf(hostile);
    List<SocialRecord> others = new ArrayList<>(HostileCorpus.records());
    others.removeIf(record -> record.recordKind() == RecordKind.POST);
    hostile.addAll(someOf(others, 20));
    for (Kind kind : TestPlaces.all()) {
      try (RecordStore store =
          Places.openStore(source(kind), StoreOptions.with(Quarantine.inMemory()))) {
        store.write(kind.oneKindOfRecord() ? posts : hostile);
      }
    }
  }

  /** Returns each n-th, which will do: each store alone has survived all; see the contract. */
  private static List<SocialRecord> someOf(List<? extends SocialRecord> records, int n) {
    List<SocialRecord> some = new ArrayList<>();
    for (int i = 0; i < records.size(); i += n) {
      some.add(records.get(i));
    }
    return some;
  }

  private static PlaceUri source(Kind kind) {
    return PlaceUri.parse(kind.uri(directory, "from"));
  }

  static Stream<Arguments> pairs() {
    return TestPlaces.all().stream()
        .flatMap(from -> TestPlaces.all().stream().map(to -> Arguments.of(from, to)));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @MethodSource("pairs")
  void theHostileCorpusArrivesOrIsSetAside(Kind from, Kind to) {
    PlaceUri target =
        PlaceUri.parse(to.uri(directory, ("pair_" + from + '_' + to).replace('.', '_')));
    Filter filter = to.oneKindOfRecord() ? POSTS : Filter.ALL;

    TransferReport report = transfer(source(from), target, filter);
    TransferReport again = transfer(source(from), target, filter);

    Verification verification = Objects.requireNonNull(report.verification());
    assertThat(verification.holds()).as("%s", verification).isTrue();
    assertThat(report.read()).isEqualTo(verification.records()).isGreaterThan(150);
    assertThat(report.written()).isEqualTo(report.read() - verification.setAside());
    assertThat(report.deleted()).isZero();
    assertThat(verification.setAside()).isLessThan(report.read() / 10);
    assertThat(again.written()).as("rewritten by a second run").isZero();
    assertThat(again.unchanged()).isEqualTo(report.written());
  }

  static Stream<Path> captures() throws IOException {
    Path tweets = Path.of(System.getProperty("sparkpy.data", ""), "tweets");
    assumeTrue(Files.isDirectory(tweets), "not run: no real test data at " + tweets);
    try (Stream<Path> files = Files.list(tweets)) {
      return files
          .filter(file -> !file.getFileName().toString().contains("expected"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("captures")
  void aRealCaptureGoesRoundThroughAllPlacesAndComesBackTheSame(Path capture) {
    String file = capture.getFileName().toString().replaceAll("\\W", "_");
    String name = file.substring(0, Math.min(LONGEST_NAME, file.length()));
    PlaceUri first = PlaceUri.parse(directory.resolve(name + "_first.jsonl").toString());
    TransferReport taken = transfer(PlaceUri.parse(capture.toString()), first, POSTS);
    PlaceUri place = first;
    List<Verification> verifications = new ArrayList<>();

    for (Kind kind : TestPlaces.all()) {
      PlaceUri next = PlaceUri.parse(kind.uri(directory, "round_" + name));
      verifications.add(Objects.requireNonNull(transfer(place, next, POSTS).verification()));
      place = next;
    }

    Verification start = Objects.requireNonNull(taken.verification());
    assertThat(start.holds()).isTrue();
    assertThat(verifications)
        .allMatch(Verification::holds)
        .extracting(Verification::targetChecksum)
        .containsOnly(start.targetChecksum());
  }

  private static TransferReport transfer(PlaceUri from, PlaceUri to, Filter filter) {
    return Transfer.builder(from, to)
        .options(StoreOptions.with(Quarantine.inMemory()))
        .filter(filter)
        .verify()
        .build()
        .run();
  }
}
