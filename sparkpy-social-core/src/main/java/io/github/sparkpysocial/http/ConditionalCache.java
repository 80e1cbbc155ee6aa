package io.github.sparkpysocial.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps answers with their {@code ETag} or {@code Last-Modified}, and asks the server next time
 * whether they are still right (RFC 9110 section 13). If it says that nothing has changed (304),
 * the answer is the one kept, with the headers of today; {@link HttpResponse#isUnchanged()} tells.
 * Nothing is ever taken from here without asking, so that an answer is never older than the
 * server's own.
 *
 * <p>Answers are told apart by address, media type and credential, as GitHub's ETags depend on
 * these. Kept are answers 200 to a GET that name no {@code no-store}; an address with a secret in
 * it is left alone. What a server says goes into it whole, credentials never do, not even as a file
 * name.
 *
 * <p>Thread-safe; several processes may share a directory.
 */
public final class ConditionalCache {
  private static final long MEMORY_BYTES = 16L << 20;
  private static final long DISK_BYTES = 256L << 20;

  /** The request's headers that are part of the key. */
  private static final List<String> KEY_HEADERS =
      List.of("Accept", "Accept-Language", "Authorization", "X-GitHub-Api-Version");

  /** Named in {@code Vary}, but the transport's own affair. */
  private static final Set<String> IGNORED_IN_VARY = Set.of("accept-encoding", "user-agent");

  private static final ConditionalCache SHARED = inMemory();

  private final KeptAnswers kept;

  private ConditionalCache(KeptAnswers kept) {
    this.kept = kept;
  }

  /** Returns a cache of up to 16 MiB that ends with the process. */
  public static ConditionalCache inMemory() {
    return inMemory(MEMORY_BYTES);
  }

  /**
   * Returns a cache that ends with the process.
   *
   * @param maxBytes how much it keeps; beyond it what was not asked for longest goes
   * @throws IllegalArgumentException if it is not positive
   */
  public static ConditionalCache inMemory(long maxBytes) {
    return new ConditionalCache(new AnswersInMemory(positive(maxBytes)));
  }

  /** Returns the cache in memory that the whole process shares; polled listings use it. */
  public static ConditionalCache shared() {
    return SHARED;
  }

  /**
   * Returns a cache of up to 256 MiB in a directory.
   *
   * @throws IOException if it cannot be made or is no directory
   */
  public static ConditionalCache onDisk(Path directory) throws IOException {
    return onDisk(directory, DISK_BYTES);
  }

  /**
   * Returns a cache in a directory, which is made if it is not there, for its owner alone where the
   * file system knows owners. Files are put in place whole or not at all; a damaged one is dropped
   * and asked for again.
   *
   * @param maxBytes how much it keeps; beyond it what was not asked for longest goes
   * @throws IllegalArgumentException if {@code maxBytes} is not positive
   * @throws IOException if it cannot be made or is no directory
   */
  public static ConditionalCache onDisk(Path directory, long maxBytes) throws IOException {
    Objects.requireNonNull(directory, "directory");
    return new ConditionalCache(AnswersOnDisk.open(directory, positive(maxBytes)));
  }

  private static long positive(long maxBytes) {
    if (maxBytes < 1) {
      throw new IllegalArgumentException("maxBytes must be positive, was " + maxBytes);
    }
    return maxBytes;
  }

  /** Returns a transport that asks by another one and keeps what it answers here. */
  public HttpTransport around(HttpTransport transport) {
    Objects.requireNonNull(transport, "transport");
    return request -> send(transport, request);
  }

  private HttpResponse send(HttpTransport transport, HttpRequest request)
      throws IOException, InterruptedException {
    if (!isForHere(request)) {
      return transport.send(request);
    }
    String key = key(request);
    KeptAnswer known = kept.find(key);
    HttpResponse answer =
        transport.send(known == null ? request : known.validator().addTo(request));
    if (known != null && answer.status() == 304) {
      if (known.validator().allows(answer)) {
        return known.revived(answer);
      }
      answer = transport.send(request); // it means another answer than the one kept here
    }
    keep(key, request, answer, known != null);
    return answer;
  }

  /** A caller that sends conditions of its own wants to see the 304. */
  private static boolean isForHere(HttpRequest request) {
    return request.method().equals("GET")
        && request.headers().first("If-None-Match") == null
        && request.headers().first("If-Modified-Since") == null
        && request.headers().first("Range") == null
        && Redaction.uri(request.uri()).equals(request.uri().toString());
  }

  private void keep(String key, HttpRequest request, HttpResponse answer, boolean wasKept) {
    KeptAnswer fresh = answer.status() == 200 ? KeptAnswer.of(answer) : null;
    if (fresh != null && mayBeKept(request, answer)) {
      kept.keep(key, fresh);
    } else if (wasKept && (answer.status() == 200 || isGone(answer.status()))) {
      kept.drop(key);
    }
  }

  private static boolean isGone(int status) {
    return status == 401 || status == 403 || status == 404 || status == 410 || status == 451;
  }

  private static boolean mayBeKept(HttpRequest request, HttpResponse answer) {
    return answer.headers().all("Cache-Control").stream()
            .noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("no-store"))
        && answer.headers().all("Vary").stream()
            .flatMap(value -> List.of(value.split(",", -1)).stream())
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .allMatch(name -> isCovered(name, request))
        && Redaction.uri(answer.uri()).equals(answer.uri().toString());
  }

  private static boolean isCovered(String varying, HttpRequest request) {
    return !varying.equals("*")
        && (varying.isEmpty()
            || IGNORED_IN_VARY.contains(varying)
            || KEY_HEADERS.stream().anyMatch(varying::equalsIgnoreCase)
            || request.headers().first(varying) == null);
  }

  /** The digest hides what goes into it; credentials are digested once more before they do. */
  private static String key(HttpRequest request) {
    StringBuilder key = new StringBuilder(request.uri().toString());
    for (String name : KEY_HEADERS) {
      String value = String.join(",", request.headers().all(name));
      key.append('\n').append(Redaction.isSecret(name) ? digest(value) : value);
    }
    return digest(key.toString());
  }

  private static String digest(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** Where answers are kept. Thread-safe. */
  interface KeptAnswers {
    /** Returns the answer, or {@code null} if it is not there or damaged. */
    @Nullable KeptAnswer find(String key);

    /** Keeps an answer if there is room for one of its size. */
    void keep(String key, KeptAnswer answer);

    /** Forgets an answer. */
    void drop(String key);
  }

  /** Shows where answers are kept. */
  @Override
  public String toString() {
    return "ConditionalCache[" + kept + ']';
  }
}
