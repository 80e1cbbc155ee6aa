package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.spi.Times;
import io.github.sparkpysocial.store.Filter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which records are wanted. */
final class FilterArguments {
  @Option(
      names = {"--kind", "--filter-kind"},
      paramLabel = "KIND",
      split = ",",
      order = 70,
      converter = Kind.class,
      description =
          "Only these kinds of record, such as post,account. Tombstones are a kind, too. Default:"
              + " all.")
  private List<RecordKind> kinds = new ArrayList<>();

  @Option(
      names = "--network",
      paramLabel = "NETWORK",
      split = ",",
      order = 71,
      converter = NetworkName.class,
      description = "Only records of these networks, such as x,mastodon. Default: all.")
  private List<Network> networks = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      order = 72,
      converter = Time.class,
      description =
          "Only records from then on, such as 2026-11-01 or 2026-11-01T12:00:00Z, in UTC. A record"
              + " without a time does not pass.")
  private @Nullable Instant since;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      order = 73,
      converter = Time.class,
      description = "Only records before then.")
  private @Nullable Instant until;

  /**
   * Returns the filter.
   *
   * @throws IllegalArgumentException if the span ends before it begins
   */
  Filter filter() {
    return Filter.ALL.ofKinds(kinds).from(networks.toArray(new Network[0])).between(since, until);
  }

  /** Reads the name of a kind. */
  static final class Kind implements ITypeConverter<RecordKind> {
    @Override
    public RecordKind convert(String value) {
      try {
        return RecordKind.ofWireName(value.strip().toLowerCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Reads the name of a network. */
  static final class NetworkName implements ITypeConverter<Network> {
    @Override
    public Network convert(String value) {
      try {
        return new Network(value.strip().toLowerCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "'" + value + "' is no network; it is a lower-case word such as x or github");
      }
    }
  }

  /** Reads a time in any spelling of saved posts. */
  static final class Time implements ITypeConverter<Instant> {
    @Override
    public Instant convert(String value) {
      Instant time = Times.parse(value);
      if (time == null) {
        throw new TypeConversionException(
            "'" + value + "' is no time; write 2026-11-01 or 2026-11-01T12:00:00Z");
      }
      return time;
    }
  }
}
