package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sparkpysocial.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A book in a directory that the processes of a machine share: one small file for each server, read
 * and written under a lock for each request and each answer. Each request on its way is noted with
 * its process; what a dead process left on its way counts as used. Thread-safe.
 */
final class SharedBook extends StateBook {
  private static final Logger log = LoggerFactory.getLogger(SharedBook.class);
  private static final int VERSION = 1;
  private static final String SUFFIX = ".limits.json";

  private final Path directory;
  private final Timing timing;
  private final MachineTime machine;
  private final String owner;
  private final ConcurrentMap<Path, LockedFile> files = new ConcurrentHashMap<>();

  SharedBook(Path directory, Timing timing, MachineTime machine) {
    this(directory, timing, machine, name(ProcessHandle.current()));
  }

  SharedBook(Path directory, Timing timing, MachineTime machine, String owner) {
    this.directory = directory;
    this.timing = timing;
    this.machine = machine;
    this.owner = owner;
  }

  /** Names a process; a number alone is given to another one some day. */
  private static String name(ProcessHandle process) {
    return process.pid()
        + "@"
        + process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
  }

  private static boolean isAlive(String owner) {
    int at = owner.indexOf('@');
    if (at < 1) {
      return true;
    }
    Optional<ProcessHandle> process =
        ProcessHandle.of(Long.parseLong(owner.substring(0, at))).filter(ProcessHandle::isAlive);
    return process.isPresent()
        && (process.get().info().startInstant().isEmpty() || name(process.get()).equals(owner));
  }

  @Override
  public Ask.Turn acquire(Ask ask, String holder) {
    String held = holder.isEmpty() ? owner : holder;
    return with(
        ask.host(),
        (state, now) -> {
          Ask.Turn turn = state.acquire(now, ask, held);
          // Whether others are alive matters only to somebody who has to wait for them.
          return turn.delay() != null && state.reap(now, SharedBook::isAlive)
              ? state.acquire(now, ask, held)
              : turn;
        });
  }

  @Override
  <T> T with(String host, BiFunction<HostState, Instant, T> use) {
    return with(directory.resolve(Digest.of(host) + SUFFIX), host, use);
  }

  private <T> T with(Path path, String host, BiFunction<HostState, Instant, T> use) {
    LockedFile file = files.computeIfAbsent(path, key -> new LockedFile(key, false));
    try {
      return file.change(
          text -> {
            // Both clocks at once, or what is known would drift a little each time.
            MachineTime.Moment moment = machine.now();
            Instant now = timing.now();
            HostState state = text == null ? new HostState() : read(path, text, moment, now);
            T result = use.apply(state, now);
            ObjectNode node = state.toJson(now);
            node.put("limits", VERSION).put("host", host);
            moment.write(node.putObject("written"));
            return new LockedFile.Change<>(node.toString(), result);
          });
    } catch (IOException e) {
      throw new StoreException(
          "The limits in " + file + " cannot be shared, so nothing may be asked: " + e, e);
    }
  }

  private HostState read(Path path, String text, MachineTime.Moment moment, Instant now) {
    try {
      JsonNode node = LimitJson.parse(text);
      if (node.path("limits").asInt() != VERSION) {
        throw new IllegalArgumentException("It is of another version");
      }
      return HostState.fromJson(node, now.minus(moment.since(node.path("written"))));
    } catch (RuntimeException e) {
      log.warn("What was known of limits in {} cannot be read and is learned again", path, e);
      return new HostState();
    }
  }

  @Override
  public List<RateLimit> known() {
    List<RateLimit> all = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return all;
    }
    try (Stream<Path> paths = Files.list(directory)) {
      for (Path path : paths.filter(path -> path.toString().endsWith(SUFFIX)).toList()) {
        JsonNode node = LimitJson.parse(Files.readString(path));
        all.addAll(with(path, node.path("host").asText(), (state, now) -> state.known(now)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
