package io.github.sparkpysocial.samples.cli;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of a harvest of a live stream. */
final class LiveOptions {

  @Option(
      names = "--until-idle",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Of a live stream: stop when it is connected, has brought nothing for so long, such as 5s"
              + " or 2m, and no hole waits to be filled. Default: it goes on until it is stopped.")
  private @Nullable Duration untilIdle;

  @Nullable Duration untilIdle() {
    return untilIdle;
  }

  /** Reads {@code 500ms}, {@code 5s}, {@code 2m} or {@code 1h}. */
  static final class TimeConverter implements ITypeConverter<Duration> {
    private static final Pattern TIME = Pattern.compile("([0-9]{1,9})(ms|s|m|h)");

    @Override
    public Duration convert(String value) {
      Matcher time = TIME.matcher(value.strip().toLowerCase(Locale.ROOT));
      if (!time.matches() || Long.parseLong(time.group(1)) == 0) {
        throw new TypeConversionException(
            "'" + value + "' is no time; write it as 500ms, 5s, 2m or 1h");
      }
      long number = Long.parseLong(time.group(1));
      return switch (time.group(2)) {
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        default -> Duration.ofHours(number);
      };
    }
  }
}
