package io.github.sparkpysocial.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.store.Filter;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifierTest {
  private static final Tombstone GONE =
      new Tombstone(Network.X, "3", RecordKind.POST, null, null, Provenance.UNKNOWN, null);

  @TempDir Path directory;

  private static Post post(int i) {
    return Post.builder(Network.X, String.valueOf(i), "post " + i)
        .createdAt(Instant.EPOCH.plusSeconds(i))
        .raw("{\"n\":" + i + "}")
        .build();
  }

  private static List<SocialRecord> posts(int count) {
    List<SocialRecord> posts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      posts.add(post(i));
    }
    return posts;
  }

  private RecordStore open(String name) {
    return Places.openStore(
        PlaceUri.parse(directory.resolve(name).toString()),
        StoreOptions.with(Quarantine.inMemory()));
  }

  private Verification compare(
      List<? extends SocialRecord> source,
      List<? extends SocialRecord> target,
      Filter filter,
      long setAside) {
    try (RecordStore from = open("from.jsonl");
        RecordStore to = open("to.jsonl")) {
      from.write(source);
      to.write(target);
      return new Verifier(from, to, filter, true, 3).run(setAside);
    }
  }

  private Verification compare(
      List<? extends SocialRecord> source, List<? extends SocialRecord> target) {
    return compare(source, target, Filter.ALL, 0);
  }

  @Test
  void theSameRecordsInAnyOrderHaveOneChecksum() {
    List<SocialRecord> shuffled = posts(20);
    Collections.shuffle(shuffled, new Random(5));

    Verification same = compare(posts(20), shuffled);

    assertThat(same.holds()).isTrue();
    assertThat(same.records()).isEqualTo(20);
    assertThat(same.sourceChecksum()).isEqualTo(same.targetChecksum()).matches("[0-9a-f]{32}");
    assertThat(same.first()).isEmpty();
  }

  @Test
  void twoEmptyPlacesAreTheSame() {
    assertThat(compare(List.of(), List.of()).holds()).isTrue();
  }

  @Test
  void theTargetMayHoldMore() {
    Verification more = compare(posts(10), posts(25));

    assertThat(more.holds()).isTrue();
    assertThat(more.missing()).isZero();
    assertThat(more.sourceChecksum()).isNotEqualTo(more.targetChecksum());
  }

  @Test
  void whatIsMissingIsCountedAndNamed() {
    List<SocialRecord> lacking = posts(25);
    lacking.remove(17);
    lacking.remove(4);

    Verification verification = compare(posts(20), lacking);

    assertThat(verification.holds()).isFalse();
    assertThat(verification.missing()).isEqualTo(2);
    assertThat(verification.different()).isZero();
    assertThat(verification.first()).containsExactlyInAnyOrder(post(4).key(), post(17).key());
  }

  @Test
  void anotherContentIsCountedAndNamedEvenIfItIsOnlyInTheRawJson() {
    List<SocialRecord> changed = posts(20);
    changed.set(2, post(2).toBuilder().language("pt").build());
    changed.set(7, post(7).toBuilder().raw("{\"n\":8}").build());

    Verification verification = compare(posts(20), changed);

    assertThat(verification.holds()).isFalse();
    assertThat(verification.missing()).isZero();
    assertThat(verification.different()).isEqualTo(2);
    assertThat(verification.first()).containsExactlyInAnyOrder(post(2).key(), post(7).key());
  }

  @Test
  void ofManyDifferencesTenAreNamed() {
    Verification verification = compare(posts(40), posts(5));

    assertThat(verification.missing()).isEqualTo(35);
    assertThat(verification.first()).hasSize(10);
  }

  @Test
  void aTombstoneInTheTargetAccountsForARecordEvenBehindAFilter() {
    List<SocialRecord> target = posts(20);
    target.add(GONE);

    assertThat(compare(posts(20), target, Filter.kinds(RecordKind.POST), 0).holds()).isTrue();
  }

  @Test
  void onlyWhatTheFilterLetsThroughIsCompared() {
    Filter firstTen = Filter.ALL.between(null, Instant.EPOCH.plusSeconds(10));

    Verification verification = compare(posts(20), posts(10), firstTen, 0);

    assertThat(verification.records()).isEqualTo(10);
    assertThat(verification.sourceChecksum()).isEqualTo(verification.targetChecksum());
  }

  @Test
  void asManyAsWereSetAsideMayBeMissing() {
    assertThat(compare(posts(20), posts(18), Filter.ALL, 2).holds()).isTrue();
    assertThat(compare(posts(20), posts(18), Filter.ALL, 1).holds()).isFalse();
  }
}
