package io.github.sparkpysocial.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * An answer as it is kept: where it came from, the headers that belong to its body, and the body.
 */
final class KeptAnswer {
  private static final int MAGIC = 0x53505331; // "SPS1"

  /**
   * The headers that describe the body and stay true while it does. Others, such as those of rate
   * limits, are true for one answer only.
   */
  private static final List<String> OF_THE_BODY =
      List.of("Content-Type", "Content-Language", "ETag", "Last-Modified", "Link", "Vary");

  private final URI uri;
  private final Headers headers;
  private final byte[] body;
  private final Validator validator;

  private KeptAnswer(URI uri, Headers headers, byte[] body, Validator validator) {
    this.uri = uri;
    this.headers = headers;
    this.body = body;
    this.validator = validator;
  }

  Validator validator() {
    return validator;
  }

  /**
   * What the server tells the answer from others by.
   *
   * @param etag the tag with its quotes and, if it is weak, its {@code W/}, or {@code null}
   * @param lastModified the date as the server wrote it, used if there is no tag
   */
  record Validator(@Nullable String etag, @Nullable String lastModified) {
    /** Returns a request that asks whether this is still right. */
    HttpRequest addTo(HttpRequest request) {
      return etag != null
          ? request.withHeader("If-None-Match", etag)
          : request.withHeader("If-Modified-Since", String.valueOf(lastModified));
    }

    /** Returns whether an answer 304 is about this and no other (RFC 9111 section 4.3.4). */
    boolean allows(HttpResponse unchanged) {
      String theirs = unchanged.headers().first("ETag");
      return theirs == null || etag == null || opaque(theirs).equals(opaque(etag));
    }

    private static String opaque(String tag) {
      return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
  }

  /** Returns what is kept of an answer, or {@code null} if it has nothing to ask by. */
  static @Nullable KeptAnswer of(HttpResponse answer) {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    for (String name : OF_THE_BODY) {
      List<String> values = answer.headers().all(name);
      if (!values.isEmpty()) {
        headers.put(name, values);
      }
    }
    return of(answer.uri(), Headers.of(headers), answer.bytes());
  }

  private static @Nullable KeptAnswer of(URI uri, Headers headers, byte[] body) {
    Validator validator = new Validator(headers.first("ETag"), headers.first("Last-Modified"));
    return validator.etag() == null && validator.lastModified() == null
        ? null
        : new KeptAnswer(uri, headers, body, validator);
  }

  /** Returns this answer with the headers of the one that says it is still right. */
  HttpResponse revived(HttpResponse unchanged) {
    Map<String, List<String>> merged = new LinkedHashMap<>(headers.asMap());
    unchanged
        .headers()
        .asMap()
        .forEach(
            (name, values) -> {
              merged.keySet().removeIf(name::equalsIgnoreCase);
              merged.put(name, values);
            });
    return HttpResponse.unchanged(uri, Headers.of(merged), body);
  }

  long sizeBytes() {
    return body.length + 1024L; // headers and the table's own needs, roughly
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(body.length + 512);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      writeText(out, uri.toString());
      out.writeInt(headers.asMap().size());
      for (Map.Entry<String, List<String>> header : headers.asMap().entrySet()) {
        writeText(out, header.getKey());
        out.writeInt(header.getValue().size());
        for (String value : header.getValue()) {
          writeText(out, value);
        }
      }
      out.writeInt(body.length);
      out.write(body);
      CRC32 sum = new CRC32();
      sum.update(bytes.toByteArray());
      out.writeLong(sum.getValue());
    } catch (IOException e) {
      throw new IllegalStateException("Writing to memory failed", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #toBytes} wrote.
   *
   * @throws IOException if it is damaged
   */
  static KeptAnswer fromBytes(byte[] bytes) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(bytes, 0, Math.max(0, bytes.length - Long.BYTES));
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != MAGIC) {
        throw new IOException("not an answer of this version");
      }
      URI uri = URI.create(readText(in));
      Map<String, List<String>> headers = new LinkedHashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        String name = readText(in);
        List<String> values = new ArrayList<>();
        for (int more = in.readInt(); more > 0; more--) {
          values.add(readText(in));
        }
        headers.put(name, values);
      }
      byte[] body = readBytes(in);
      KeptAnswer answer = of(uri, Headers.of(headers), body);
      if (in.readLong() != sum.getValue() || answer == null) {
        throw new IOException("damaged");
      }
      return answer;
    } catch (IllegalArgumentException e) {
      throw new IOException("damaged", e);
    }
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("damaged");
    }
    return in.readNBytes(length);
  }
}
