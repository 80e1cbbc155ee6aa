package io.github.sparkpysocial.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.store.Drift;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

class StoreArgumentsTest {
  private static StoreArguments parse(String... arguments) {
    return CommandLine.populateCommand(new StoreArguments(), arguments);
  }

  @Test
  void theCommandLineSaysHowAForeignTableIsRead() {
    StoreArguments arguments =
        parse(
            "--map=likes=fav_count",
            "--map",
            "created_at=posted",
            "--id=key",
            "--separator=tab",
            "--drift=set-aside-value",
            "--guard-formulas");

    StoreOptions options = arguments.options(Quarantine.inMemory());
    assertThat(options.mapping())
        .isEqualTo(Map.of("likes", "fav_count", "created_at", "posted", "id", "key"));
    assertThat(options.separator()).isEqualTo('\t');
    assertThat(options.drift()).isEqualTo(Drift.SET_ASIDE_VALUE);
    assertThat(options.formulaGuard()).isTrue();
    assertThat(arguments.frameOptions().mapping()).isEqualTo(options.mapping());
  }

  @Test
  void withoutOptionsEverythingIsFound() {
    StoreOptions options = parse().options(Quarantine.inMemory());

    assertThat(options.mapping()).isEmpty();
    assertThat(options.separator()).isNull();
    assertThat(options.drift()).isEqualTo(Drift.KEEP_OVERFLOW);
    assertThat(options.formulaGuard()).isFalse();
  }

  @Test
  void anUnknownModeListsThoseThatAreKnown() {
    assertThatThrownBy(() -> parse("--drift=evolve"))
        .isInstanceOf(ParameterException.class)
        .hasMessageContaining("'evolve' is none of keep-overflow");
  }
}
