package io.github.sparkpysocial.testkit.sandbox;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A transport that writes down what goes over it, with secrets taken out before anything is kept:
 *
 * <pre>{@code
 * Recorder recorder = Recorder.around(JdkHttpTransport.shared()).hiding(token);
 * RecordSource source =
 *     Places.openSource(place, SourceOptions.fromEnvironment().withTransport(recorder));
 * source.records().limit(10).forEach(System.out::println);
 * recorder.save(Path.of("answers.json"));
 * }</pre>
 *
 * <p>Of a request are kept its method, address and body, not its headers; of an answer everything
 * but cookies. Parameters, form fields and JSON fields that hold credentials by their name ({@code
 * access_token}, {@code client_secret}, {@code password} and such), whatever looks like a token,
 * and the values of the secrets given to {@link #hiding} become {@code ***}, also where they occur
 * encoded for an address, a JSON text or in Base64. Personal data stays: look at a recording before
 * you publish it. Thread-safe.
 */
public final class Recorder implements HttpTransport {
  private final HttpTransport transport;
  private final Scrubber scrubber;
  private final List<Exchange> exchanges = new ArrayList<>();

  private Recorder(HttpTransport transport, Scrubber scrubber) {
    this.transport = transport;
    this.scrubber = scrubber;
  }

  /** Returns a recorder of what goes over a transport. */
  public static Recorder around(HttpTransport transport) {
    return new Recorder(transport, new Scrubber(List.of()));
  }

  /** Returns a recorder over the same transport that has nothing yet and hides these, too. */
  public Recorder hiding(Secret... secrets) {
    return new Recorder(transport, scrubber.with(List.of(secrets)));
  }

  @Override
  public HttpResponse send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse response = transport.send(request);
    byte[] sent = request.body();
    Map<String, List<String>> headers = new LinkedHashMap<>();
    response
        .headers()
        .asMap()
        .forEach(
            (name, values) -> {
              if (!name.equalsIgnoreCase("set-cookie")) {
                headers.put(
                    name, values.stream().map(value -> scrubber.header(name, value)).toList());
              }
            });
    Exchange exchange =
        new Exchange(
            request.method(),
            scrubber.uri(request.uri()),
            sent == null ? null : scrubber.text(new String(sent, StandardCharsets.UTF_8)),
            response.status(),
            headers,
            scrubber.bytes(response.bytes()));
    synchronized (exchanges) {
      exchanges.add(exchange);
    }
    return response;
  }

  /** Returns what was written down so far. */
  public Recording recording() {
    synchronized (exchanges) {
      return new Recording(exchanges);
    }
  }

  /**
   * Writes what was written down so far to a file.
   *
   * @throws java.io.UncheckedIOException if it cannot be written
   */
  public void save(Path file) {
    recording().save(file);
  }

  /** Shows how much was written down. */
  @Override
  public String toString() {
    return "Recorder[" + recording() + ']';
  }
}
