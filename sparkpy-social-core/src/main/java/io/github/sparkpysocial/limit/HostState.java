package io.github.sparkpysocial.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What is known of all limits of one server: the quotas of each credential, and the pauses that
 * reach further than one of them. Not thread-safe.
 */
final class HostState {
  private static final String SERVER = "server";

  /** Beyond so many quotas those are forgotten that say nothing any more. */
  private static final int MANY_KEYS = 64;

  /** How long a credential that was refused is not tried while there are others. */
  private static final Duration SET_ASIDE = Duration.ofHours(1);

  private final Map<String, KeyState> keys = new LinkedHashMap<>();
  private final Map<String, Block> blocks = new LinkedHashMap<>();
  private long lastLease;

  /** Whether the next answer, whatever it is about, has to come before anything else is sent. */
  private boolean probing;

  /** Takes permission by the credential with the most left, or tells which can go soonest. */
  Ask.Turn acquire(Instant now, Ask ask, String owner) {
    blocks.values().removeIf(block -> block.until(now) == null);
    if (keys.size() > MANY_KEYS) {
      keys.values().removeIf(key -> key.isForgettable(now));
    }
    List<Integer> candidates = candidates(now, ask);
    int best = -1;
    long most = Long.MIN_VALUE;
    int soonest = -1;
    Delay shortest = null;
    for (int i : candidates) {
      String credential = ask.credentials().get(i);
      Delay delay =
          Delay.longer(
              blocked(now, credential, ask.address()), key(credential, ask).delay(now, ask));
      if (delay == null) {
        long headroom = key(credential, ask).headroom();
        if (headroom > most) {
          most = headroom;
          best = i;
        }
      } else if (shortest == null || delay.duration().compareTo(shortest.duration()) < 0) {
        shortest = delay;
        soonest = i;
      }
    }
    if (best < 0) {
      return new Ask.Turn(soonest, 0, shortest);
    }
    if (probing && keys.values().stream().anyMatch(key -> !key.isIdle())) {
      Duration soon = Duration.ofMillis(20);
      return new Ask.Turn(
          best, 0, new Delay(soon, LimitWait.Cause.QUEUED, "another request asks whether it may"));
    }
    lastLease++;
    key(ask.credentials().get(best), ask).take(now, lastLease, ask.cost(), owner);
    return new Ask.Turn(best, lastLease, null);
  }

  private List<Integer> candidates(Instant now, Ask ask) {
    List<Integer> all = new ArrayList<>();
    List<Integer> usable = new ArrayList<>();
    for (int i = 0; i < ask.credentials().size(); i++) {
      all.add(i);
      Block refused = blocks.get(refused(ask.credentials().get(i)));
      if (refused == null || refused.until(now) == null) {
        usable.add(i);
      }
    }
    return usable.isEmpty() ? all : usable;
  }

  private @Nullable Delay blocked(Instant now, String credential, String address) {
    Delay delay = null;
    for (String reach : List.of(SERVER, all(credential), address(credential, address))) {
      Block block = blocks.get(reach);
      delay = Delay.longer(delay, block == null ? null : block.delay(now));
    }
    return delay;
  }

  /** Notes what an answer says. */
  void answered(
      Instant now,
      Ask ask,
      Ask.Turn turn,
      Instant serverTime,
      LimitSignal signal,
      LimitReach reach) {
    String credential = ask.credentials().get(turn.credential());
    Duration pause = key(credential, ask).answered(now, serverTime, turn.lease(), signal);
    String reason = signal.reason() == null ? ask.key() + " refuses" : signal.reason();
    if (pause != null && reach != LimitReach.KEY) {
      block(reach == LimitReach.SERVER ? SERVER : all(credential), now.plus(pause), reason);
      probing = !signal.saysHowLong();
    } else if (pause == null) {
      probing = false;
    }
    Duration ofAddress = signal.pause();
    if (signal.verdict() == LimitSignal.Verdict.PROCEED && ofAddress != null) {
      block(address(credential, ask.address()), now.plus(ofAddress), reason);
    }
  }

  /** Notes that a request got no answer. */
  void unanswered(Instant now, Ask ask, Ask.Turn turn) {
    key(ask.credentials().get(turn.credential()), ask).unanswered(now, turn.lease());
  }

  /** Sets a credential aside for a while, since the server does not know it. */
  void refused(Instant now, String credential) {
    block(refused(credential), now.plus(SET_ASIDE), "refused");
  }

  /** Counts as used what those hold who are no more; returns whether there was any. */
  boolean reap(Instant now, Predicate<String> isAlive) {
    boolean any = false;
    for (KeyState key : keys.values()) {
      any |= key.reap(now, isAlive);
    }
    return any;
  }

  RateLimit snapshot(Instant now, Ask ask, int credential) {
    String name = ask.credentials().get(credential);
    Delay blocked = blocked(now, name, ask.address());
    return key(name, ask).snapshot(now, blocked == null ? null : now.plus(blocked.duration()));
  }

  List<RateLimit> known(Instant now) {
    return keys.values().stream().map(key -> key.snapshot(now, null)).toList();
  }

  private KeyState key(String credential, Ask ask) {
    return keys.computeIfAbsent(
        credential + '\n' + ask.key(), name -> new KeyState(ask.key(), ask.quotas()));
  }

  private void block(String reach, Instant until, String reason) {
    blocks.computeIfAbsent(reach, name -> new Block()).extend(until, reason);
  }

  private static String all(String credential) {
    return "all of " + credential;
  }

  private static String refused(String credential) {
    return "refused " + credential;
  }

  private static String address(String credential, String address) {
    return credential + " at " + address;
  }

  ObjectNode toJson(Instant now) {
    ObjectNode node = LimitJson.object();
    node.put("lastLease", lastLease).put("probing", probing);
    ObjectNode allBlocks = node.putObject("blocks");
    blocks.forEach((reach, block) -> block.toJson(allBlocks.putObject(reach), now));
    ObjectNode allKeys = node.putObject("keys");
    keys.forEach((name, key) -> allKeys.set(name, key.toJson(now)));
    return node;
  }

  static HostState fromJson(JsonNode node, Instant now) {
    HostState state = new HostState();
    state.lastLease = node.path("lastLease").asLong();
    state.probing = node.path("probing").asBoolean();
    for (Map.Entry<String, JsonNode> entry : node.path("blocks").properties()) {
      Block block = new Block();
      block.fromJson(entry.getValue(), now);
      state.blocks.put(entry.getKey(), block);
    }
    for (Map.Entry<String, JsonNode> entry : node.path("keys").properties()) {
      state.keys.put(entry.getKey(), KeyState.fromJson(entry.getValue(), now));
    }
    return state;
  }
}
