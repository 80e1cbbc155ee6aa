package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.frame.FrameOptions;
import io.github.sparkpysocial.store.Drift;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how a table of somebody else is read. */
final class StoreArguments {
  @Option(
      names = "--text",
      paramLabel = "COLUMN",
      order = 80,
      description =
          "The column that holds the text, in a foreign table. Default: found by its name, such as"
              + " text, tweet_text, full_text.")
  private @Nullable String textColumn;

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      order = 81,
      description =
          "The column that holds the id, in a foreign table. Default: found by its name, such as"
              + " id, tweet_id.")
  private @Nullable String idColumn;

  @Option(
      names = {"--sep", "--separator"},
      paramLabel = "CHARACTER",
      order = 82,
      converter = Separator.class,
      description =
          "What separates the columns of a CSV file, \\t or tab for tabs. Default: found; a new"
              + " file gets commas.")
  private @Nullable Character separator;

  @Option(
      names = "--map",
      paramLabel = "COLUMN=FOREIGN",
      order = 83,
      description =
          "Where a foreign table or object has a column of a post, such as likes=fav_count. Can be"
              + " given several times. docs/schema.md has all columns.")
  private Map<String, String> mapping = new LinkedHashMap<>();

  @Option(
      names = "--drift",
      paramLabel = "MODE",
      order = 84,
      converter = DriftMode.class,
      description =
          "What to do when a foreign item does not keep to the schema: keep-overflow (in its raw"
              + " JSON, counted), set-aside-row, set-aside-value or stop. Default: keep-overflow.")
  private Drift drift = Drift.KEEP_OVERFLOW;

  @Option(
      names = "--guard-formulas",
      order = 85,
      description =
          "Write CSV files so that a spreadsheet shows =1+1 as a text. They are read back as they"
              + " were.")
  private boolean guardFormulas;

  /** Returns the options of a store that sets aside to this quarantine. */
  StoreOptions options(Quarantine quarantine) {
    StoreOptions options =
        StoreOptions.with(quarantine)
            .withMapping(mapping)
            .withColumns(idColumn, textColumn, separator)
            .withDrift(drift);
    return guardFormulas ? options.withFormulaGuard() : options;
  }

  /** Returns the same choices for a frame, as far as a frame knows them. */
  FrameOptions frameOptions() {
    return FrameOptions.DEFAULT.withMapping(mapping).withColumns(idColumn, textColumn, separator);
  }

  /** Reads one character, {@code \t} or {@code tab}. */
  static final class Separator implements ITypeConverter<Character> {
    @Override
    public Character convert(String value) {
      String text = value.equals("\\t") || value.equals("tab") ? "\t" : value;
      if (text.length() != 1) {
        throw new TypeConversionException("'" + value + "' is not one character; try --sep ';'");
      }
      return text.charAt(0);
    }
  }

  /** Reads a mode as it is written on a command line. */
  static final class DriftMode implements ITypeConverter<Drift> {
    @Override
    public Drift convert(String value) {
      for (Drift mode : Drift.values()) {
        if (mode.name().replace('_', '-').equalsIgnoreCase(value)) {
          return mode;
        }
      }
      throw new TypeConversionException(
          "'" + value + "' is none of keep-overflow, set-aside-row, set-aside-value, stop");
    }
  }
}
