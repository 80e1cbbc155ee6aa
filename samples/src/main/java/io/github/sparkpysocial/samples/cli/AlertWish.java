package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.streaming.alert.AlertRule;
import io.github.sparkpysocial.streaming.window.WindowCounts;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * What somebody wants to be told of, such as {@code hashtag:spark > 20 in 5m}.
 *
 * @param text as it was written; the name of the rule
 * @param per what is watched each by itself, or {@code null} for all posts together
 * @param value the only one to tell of, or {@code null} for any
 * @param posts from how many posts on, or 0 for a silence
 * @param within in which time, or {@code null} for that of a window
 */
record AlertWish(
    String text,
    WindowCounts.@Nullable Of per,
    @Nullable String value,
    int posts,
    @Nullable Duration within) {
  private static final Map<String, WindowCounts.Of> KINDS =
      Map.of(
          "hashtag", WindowCounts.Of.HASHTAGS,
          "word", WindowCounts.Of.WORDS,
          "author", WindowCounts.Of.AUTHORS,
          "language", WindowCounts.Of.LANGUAGES,
          "place", WindowCounts.Of.PLACES,
          "mention", WindowCounts.Of.MENTIONS,
          "cashtag", WindowCounts.Of.CASHTAGS,
          "host", WindowCounts.Of.HOSTS,
          "network", WindowCounts.Of.NETWORKS);
  private static final Pattern COUNT =
      Pattern.compile(
          "(?<kind>[a-z]+)(?::(?<value>\\S+))?\\s*(?<than>>=?)\\s*(?<posts>[0-9]{1,6})"
              + "(?:\\s+in\\s+(?<within>\\w+))?");
  private static final Pattern SILENCE = Pattern.compile("silence\\s+(?:of\\s+)?(?<within>\\w+)");

  /** Reads what was written. */
  static final class Converter implements ITypeConverter<AlertWish> {
    @Override
    public AlertWish convert(String written) {
      String text = written.strip();
      Matcher silence = SILENCE.matcher(text);
      if (silence.matches()) {
        return new AlertWish(text, null, null, 0, duration(silence.group("within")));
      }
      Matcher count = COUNT.matcher(text);
      String kind = count.matches() ? count.group("kind") : "";
      if (!count.matches() || !(kind.equals("posts") || KINDS.containsKey(kind))) {
        throw new TypeConversionException(
            "'"
                + text
                + "' is no alert; write 'posts > 100 in 5m', 'hashtag:spark > 20', 'word >= 50 in"
                + " 10m' or 'silence 15m', of posts, "
                + String.join(", ", KINDS.keySet().stream().sorted().toList()));
      }
      String value = count.group("value");
      if (value != null && kind.equals("posts")) {
        throw new TypeConversionException(
            "'" + text + "': posts are counted all together; leave out ':" + value + "'");
      }
      int least =
          Integer.parseInt(count.group("posts")) + (count.group("than").equals(">") ? 1 : 0);
      if (least < 1) {
        throw new TypeConversionException("'" + text + "' is always so; ask for one post at least");
      }
      return new AlertWish(
          text, KINDS.get(kind), spelled(kind, value), least, duration(count.group("within")));
    }

    private static @Nullable Duration duration(@Nullable String text) {
      return text == null ? null : new Durations().convert(text);
    }

    /** Hashtags, mentions and hosts are counted in lower case, cashtags in upper case. */
    private static @Nullable String spelled(String kind, @Nullable String value) {
      if (value == null) {
        return null;
      }
      return switch (kind) {
        case "hashtag", "mention", "host", "word" -> value.toLowerCase(Locale.ROOT);
        case "cashtag" -> value.toUpperCase(Locale.ROOT);
        default -> value;
      };
    }
  }

  /**
   * Returns the rule.
   *
   * @param window how long a window is
   */
  AlertRule rule(Duration window) {
    Duration time = within == null ? window : within;
    if (posts == 0) {
      return AlertRule.absence(text, time).build();
    }
    AlertRule.Builder rule = AlertRule.threshold(text, posts, time);
    return per == null ? rule.build() : rule.per(per).build();
  }
}
