package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** A clock by which processes of one machine tell how much time has passed between them. */
interface MachineTime {

  /** Returns the present moment. */
  Moment now();

  /** A moment that can be written down for another process. */
  interface Moment {
    /** Writes it down. */
    void write(ObjectNode node);

    /** Returns how long before this one a moment was that was written down; never negative. */
    Duration since(JsonNode earlier);
  }

  /** Returns the time of this machine. */
  static MachineTime system() {
    return OfSystem.INSTANCE;
  }

  /** Returns a time that several objects of one process share. */
  static MachineTime of(Timing timing) {
    return () -> new Virtual(timing.now());
  }

  /** A moment of a time that one process makes up. */
  record Virtual(Instant at) implements Moment {
    @Override
    public void write(ObjectNode node) {
      node.put("at", at.toString());
    }

    @Override
    public Duration since(JsonNode earlier) {
      Duration passed = Duration.between(Instant.parse(earlier.path("at").asText()), at);
      return passed.isNegative() ? Duration.ZERO : passed;
    }
  }

  /**
   * The monotonic clock where it is the same for all processes, which is so on Linux until the next
   * boot ({@code CLOCK_MONOTONIC}); the clock on the wall elsewhere. So setting the clock neither
   * opens a window early nor keeps it shut. A clock on the wall that went back counts as one that
   * stood still.
   */
  final class OfSystem implements MachineTime {
    private static final OfSystem INSTANCE = new OfSystem(boot(), Clock.systemUTC());

    private final String boot;
    private final Clock wall;

    OfSystem(String boot, Clock wall) {
      this.boot = boot;
      this.wall = wall;
    }

    private static String boot() {
      try {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      } catch (IOException e) {
        return ""; // not Linux
      }
    }

    @Override
    public Moment now() {
      return new OfMachine(boot, System.nanoTime(), wall.millis());
    }
  }

  /** A moment on both clocks of a machine. */
  record OfMachine(String boot, long nanos, long wallMillis) implements Moment {
    @Override
    public void write(ObjectNode node) {
      node.put("boot", boot).put("nanos", nanos).put("wall", wallMillis);
    }

    @Override
    public Duration since(JsonNode earlier) {
      boolean sameBoot = !boot.isEmpty() && boot.equals(earlier.path("boot").asText());
      long passedNanos = nanos - earlier.path("nanos").asLong();
      Duration passed =
          sameBoot && passedNanos >= 0
              ? Duration.ofNanos(passedNanos)
              : Duration.ofMillis(wallMillis - earlier.path("wall").asLong());
      return passed.isNegative() ? Duration.ZERO : passed;
    }
  }
}
