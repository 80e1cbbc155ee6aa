package io.github.sparkpysocial.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.limit.Cap.Period;
import io.github.sparkpysocial.limit.SpendingCap.Reservation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpendingCapTest {
  private static final BigDecimal HALF_A_CENT = new BigDecimal("0.005");
  private static final BigDecimal CENT = new BigDecimal("0.010");

  @TempDir Path directory;
  private final DayClock clock = new DayClock();

  private static final class DayClock extends Clock {
    private Instant now = Instant.parse("2026-11-22T23:59:00Z");

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return now;
    }
  }

  private SpendingCap open(String... caps) {
    SpendingCap.Builder builder =
        SpendingCap.builder().file(directory.resolve("spending.json")).clock(clock);
    for (String cap : caps) {
      builder.cap(Cap.parse(cap));
    }
    return builder.build();
  }

  @Test
  void theLastPageShrinksToTheRestAndThenNothingIsLeftAcrossRuns() {
    SpendingCap first = open("x posts=250/day");
    Reservation page = first.reserve("x posts", 100, HALF_A_CENT);
    page.settle(90);
    page.settle(0);

    SpendingCap second = open("x posts=250/day");
    second.reserve("x posts", 100, HALF_A_CENT).settle(100);
    Reservation rest = second.reserve("x posts", 100, HALF_A_CENT);

    assertThat(rest.granted()).isEqualTo(60);
    rest.settle(60);
    assertThatExceptionOfType(UsageCapException.class)
        .isThrownBy(() -> open("x posts=250/day").reserve("x posts", 1, HALF_A_CENT))
        .withMessageContaining("'x posts=250/day'")
        .withMessageContaining("250 used, 0 left")
        .withMessageContaining("2026-11-23T00:00:00Z")
        .satisfies(
            e -> assertThat(e.freeAgainAt()).isEqualTo(Instant.parse("2026-11-23T00:00:00Z")));
    assertThat(open().reserve("x users", 5, CENT).granted()).isEqualTo(5);

    clock.now = clock.now.plusSeconds(61);
    assertThat(open("x posts=250/day").reserve("x posts", 300, HALF_A_CENT).granted())
        .isEqualTo(250);
  }

  @Test
  void moneyIsCappedOverAllAccountsOfANetworkToTheTenthOfACent() {
    SpendingCap cap = open("x=0.52usd/month", "*=1000");
    cap.reserve("x posts", 100, HALF_A_CENT).settle(100);

    Reservation users = cap.reserve("x users", 100, CENT);

    assertThat(users.granted()).isEqualTo(2);
    assertThat(cap.left("x posts", HALF_A_CENT)).isZero();
    assertThat(cap.left("bluesky posts", null)).isEqualTo(898);
    users.settle(1);
    assertThat(cap.left("x posts", HALF_A_CENT)).isEqualTo(2);
    assertThatThrownBy(() -> cap.reserve("x counts", 1, BigDecimal.ONE))
        .isInstanceOf(UsageCapException.class)
        .hasMessageContaining("0.510 used, 0.010 left")
        .hasMessageContaining("2026-12-01T00:00:00Z");
  }

  @Test
  void whatWasNeverSettledStaysCountedAndWhatFailedIsGivenBack() {
    open().reserve("x posts", 30, HALF_A_CENT); // and its process is killed
    open().reserve("x posts", 30, HALF_A_CENT).settle(0);
    SpendingCap cap = open();
    cap.reserve("x posts", 10, HALF_A_CENT).settle(25); // more came than was asked for

    assertThat(cap.spent())
        .singleElement()
        .satisfies(
            spent -> {
              assertThat(spent.what()).isEqualTo("x posts");
              assertThat(spent.here().items()).isEqualTo(25);
              assertThat(spent.today().items()).isEqualTo(55);
              assertThat(spent.ever().dollars()).isEqualByComparingTo("0.275");
            });
  }

  @Test
  void aReservationIsSettledOnTheDayItWasMade() {
    SpendingCap cap = open("x posts=100/day", "x posts=130/month");
    Reservation late = cap.reserve("x posts", 100, null);
    clock.now = clock.now.plusSeconds(120);
    late.settle(40);

    assertThat(cap.left("x posts", null)).isEqualTo(90);
    assertThat(cap.spent().get(0).today().items()).isZero();
    assertThat(cap.spent().get(0).thisMonth().items()).isEqualTo(40);
  }

  @Test
  void aClockThatWasWrongLosesNothingOfTheWhole() {
    SpendingCap cap = open("x posts=100");
    clock.now = Instant.parse("2036-01-01T00:00:00Z");
    cap.reserve("x posts", 60, null).settle(60);
    clock.now = Instant.parse("2026-11-22T12:00:00Z");
    cap.reserve("x posts", 30, null).settle(30);

    assertThat(open("x posts=100").left("x posts", null)).isEqualTo(10);
    assertThat(open("x posts=100/month").left("x posts", null)).isEqualTo(70);
  }

  @Test
  void aDamagedFileStopsSpendingInsteadOfForgettingIt() throws IOException {
    Files.writeString(directory.resolve("spending.json"), "{\"spending\":1,\"accounts\":");

    assertThatThrownBy(() -> open().reserve("x posts", 1, null))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("spending.json")
        .hasMessageContaining("nothing may be spent");
  }

  @Test
  void anInterruptNeitherStopsASettlementNorGetsLost() {
    SpendingCap cap = open();
    Reservation page = cap.reserve("x posts", 10, null);

    Thread.currentThread().interrupt();
    page.settle(3);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(open().spent().get(0).ever().items()).isEqualTo(3);
  }

  @Test
  void withoutCapsNothingIsRefusedAndNoneNotesNothing() {
    SpendingCap counting = SpendingCap.builder().build();
    counting.reserve("x posts", 5, null).settle(5);

    assertThat(counting.spent().get(0).here().items()).isEqualTo(5);
    assertThat(counting.left("x posts", null)).isEqualTo(Long.MAX_VALUE);
    SpendingCap.NONE.reserve("x posts", 5, null).settle(5);
    assertThat(SpendingCap.NONE.spent()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "x posts=10000/day, x posts, 10000, ITEMS, DAY",
    "x = $50 / month, x, 50, DOLLARS, MONTH",
    "*=12.50usd, *, 12.50, DOLLARS, EVER",
    "x users=1_000, x users, 1000, ITEMS, EVER",
  })
  void aCapIsReadAsPeopleWriteIt(
      String text, String what, BigDecimal most, Cap.Unit unit, Period period) {
    Cap cap = Cap.parse(text);

    assertThat(cap).isEqualTo(new Cap(what, most, unit, period));
    assertThat(Cap.parse(cap.toString())).isEqualTo(cap);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "x=", "=5", "x=-5", "x=5/week", "x posts=1.5/day"})
  void whatIsNoCapIsRefused(String text) {
    assertThatThrownBy(() -> Cap.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + text + "'");
  }

  /** Reserves one item at a time until nothing is left, and prints how many it got. */
  static final class Spender {
    public static void main(String[] args) {
      SpendingCap cap =
          SpendingCap.builder().file(Path.of(args[0])).cap(Cap.parse("x posts=100")).build();
      int got = 0;
      try {
        while (true) {
          cap.reserve("x posts", 2, null).settle(1);
          got++;
        }
      } catch (UsageCapException e) {
        System.out.println(got);
      }
    }
  }

  @Test
  void processesThatShareAFileNeverSpendMoreThanItAllows() throws Exception {
    Path file = directory.resolve("shared.json");
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(OtherJvm.start(Spender.class, file.toString()));
    }
    int got = 0;
    for (Process process : processes) {
      try (BufferedReader out =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
        got += Integer.parseInt(out.readLine());
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    // One gives up while another holds the last item; that one goes on to the very end.
    assertThat(got).isEqualTo(100);
    assertThat(SpendingCap.builder().file(file).build().spent().get(0).ever().items())
        .isEqualTo(100);
  }
}
