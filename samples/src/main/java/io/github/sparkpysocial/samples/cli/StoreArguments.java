package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.frame.FrameOptions;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.store.StoreOptions;
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
      names = "--sep",
      paramLabel = "CHARACTER",
      order = 82,
      converter = Separator.class,
      description = "What separates the columns of a CSV file, \\t for tabs. Default: found.")
  private @Nullable Character separator;

  /** Returns the options of a store that sets aside to this quarantine. */
  StoreOptions options(Quarantine quarantine) {
    return StoreOptions.with(quarantine).withColumns(idColumn, textColumn, separator);
  }

  /** Returns the same choices for a frame. */
  FrameOptions frameOptions() {
    return FrameOptions.DEFAULT.withColumns(idColumn, textColumn, separator);
  }

  /** Reads one character, or {@code \t}. */
  static final class Separator implements ITypeConverter<Character> {
    @Override
    public Character convert(String value) {
      String text = value.equals("\\t") ? "\t" : value;
      if (text.length() != 1) {
        throw new TypeConversionException("'" + value + "' is not one character; try --sep ';'");
      }
      return text.charAt(0);
    }
  }
}
