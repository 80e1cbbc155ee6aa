package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.streaming.journal.JournalOptions;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.function.Function;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;
import org.jspecify.annotations.Nullable;

/**
 * The options of the data source {@code social} for streams; see {@link SocialStreams}.
 *
 * @param rows what the rows are
 * @param journal the directory of the journal, or {@code null} for one beside the checkpoint
 * @param maxRecordsPerTrigger how many entries a batch takes at most
 * @param fromLatest whether a new query begins at the end of the journal
 * @param every how often a listing is asked
 * @param speed of a replay
 * @param journalOptions how the journal is written
 */
record StreamOptions(
    Rows rows,
    @Nullable Path journal,
    long maxRecordsPerTrigger,
    boolean fromLatest,
    Duration every,
    double speed,
    JournalOptions journalOptions) {

  /** What the rows are. */
  enum Rows implements Serializable {
    /** Records of the kinds that are asked for. */
    RECORDS,
    /** Everything else that happened: holes, connections, what could not be read. */
    EVENTS
  }

  private static final long DEFAULT_RECORDS = 100_000;

  static StreamOptions of(CaseInsensitiveStringMap options) {
    JournalOptions journal = JournalOptions.DEFAULT;
    JournalOptions.Sync sync =
        option(
            options,
            "sync",
            JournalOptions.Sync.DISK,
            text -> choice(JournalOptions.Sync.class, text));
    long segment = option(options, "segmentBytes", journal.segmentBytes(), Long::parseLong);
    long keep = option(options, "keepBytes", journal.keepBytes(), Long::parseLong);
    journal = journal.withSync(sync).withSegmentBytes(segment).withKeepBytes(keep);
    if (options.containsKey("keepFor")) {
      journal = journal.withKeepFor(duration(options, "keepFor", Duration.ZERO));
    }
    long most = option(options, "maxRecordsPerTrigger", DEFAULT_RECORDS, Long::parseLong);
    if (most < 1) {
      throw new IllegalArgumentException("maxRecordsPerTrigger must be positive, was " + most);
    }
    String starting = options.getOrDefault("startingOffsets", "earliest");
    if (!starting.equals("earliest") && !starting.equals("latest")) {
      throw new IllegalArgumentException(
          "startingOffsets is earliest or latest, was '" + starting + "'");
    }
    String directory = options.get("journal");
    return new StreamOptions(
        option(options, "rows", Rows.RECORDS, text -> choice(Rows.class, text)),
        directory == null ? null : Path.of(directory),
        most,
        starting.equals("latest"),
        duration(options, "pollEvery", Duration.ofMinutes(1)),
        option(options, "speed", Double.POSITIVE_INFINITY, Double::parseDouble),
        journal);
  }

  private static <T> T option(
      CaseInsensitiveStringMap options, String name, T usual, Function<String, T> parse) {
    String text = options.get(name);
    try {
      return text == null ? usual : parse.apply(text.strip());
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "The option " + name + " is a number, was '" + text + "'", e);
    }
  }

  private static <E extends Enum<E>> E choice(Class<E> type, String text) {
    for (E value : type.getEnumConstants()) {
      if (value.name().equalsIgnoreCase(text)) {
        return value;
      }
    }
    throw new IllegalArgumentException(
        "'"
            + text
            + "' is none of "
            + java.util.Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
  }

  private static Duration duration(CaseInsensitiveStringMap options, String name, Duration usual) {
    String text = options.get(name);
    try {
      return text == null ? usual : Duration.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "The option " + name + " is a duration such as PT30S or PT12H, was '" + text + "'", e);
    }
  }
}
