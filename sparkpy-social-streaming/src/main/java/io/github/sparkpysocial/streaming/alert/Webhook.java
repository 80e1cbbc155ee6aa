package io.github.sparkpysocial.streaming.alert;

import io.github.sparkpysocial.client.Secret;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.HttpResponse;
import io.github.sparkpysocial.http.HttpTransport;
import io.github.sparkpysocial.http.JdkHttpTransport;
import io.github.sparkpysocial.limit.Timing;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts alerts to a web address, as JSON with the names of {@link Alert#SCHEMA}. The header {@code
 * Idempotency-Key} has the alert's id, by which a receiver knows one that comes again.
 *
 * <p>If there is no answer, or one of status 408, 425, 429 or 500 and above, it is tried again
 * after a second, two, four … up to a minute, or after what {@code Retry-After} says up to that. An
 * alert that is refused for its content (400, 413, 422) is given up, with a warning, so that it
 * does not hold up those behind it; any other status is an error, and the alert waits. Thread-safe.
 */
public final class Webhook implements AlertChannel {
  private static final Logger log = LoggerFactory.getLogger(Webhook.class);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
  private static final Set<Integer> TRY_AGAIN = Set.of(408, 425, 429);
  private static final Set<Integer> NOT_THIS_ONE = Set.of(400, 413, 422);

  private final URI address;
  private final String shown;
  private final int attempts;
  private final Timing timing;
  private final HttpTransport transport;

  private Webhook(Builder builder) {
    this.address = builder.address;
    this.shown = address.getScheme() + "://" + address.getHost() + "/***";
    this.attempts = builder.attempts;
    this.timing = builder.timing;
    this.transport = builder.transport;
  }

  /**
   * Returns a builder.
   *
   * @param address whole, {@code https}, or {@code http} on this machine. It is a secret, as
   *     whoever knows it can post: it is shown by its host alone
   * @throws IllegalArgumentException if it is no such address; the message does not show it
   */
  public static Builder to(Secret address) {
    return new Builder(checked(address));
  }

  private static URI checked(Secret address) {
    URI uri;
    try {
      uri = new URI(address.reveal());
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(
          "The address of the webhook is none"); // no cause: shows it
    }
    boolean secure = "https".equalsIgnoreCase(uri.getScheme());
    boolean plain = "http".equalsIgnoreCase(uri.getScheme());
    if (uri.getHost() == null || !(secure || (plain && isHere(uri.getHost())))) {
      throw new IllegalArgumentException(
          "A webhook has a whole address with https, or http on this machine");
    }
    return uri;
  }

  private static boolean isHere(String host) {
    if (host.equalsIgnoreCase("localhost")) {
      return true;
    }
    try {
      return host.matches("[0-9.]+|\\[[0-9A-Fa-f:.]+]")
          && InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  @Override
  public void tell(Alert alert) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.postJson(address, AlertJson.write(alert))
            .withHeader("Idempotency-Key", alert.id());
    Duration pause = Duration.ofSeconds(1);
    for (int attempt = 1; ; attempt++) {
      String failure;
      Duration asked = Duration.ZERO;
      try {
        HttpResponse answer = transport.send(request);
        if (answer.isSuccess()) {
          return;
        }
        failure = "it answered " + answer.status();
        if (NOT_THIS_ONE.contains(answer.status())) {
          log.warn("Alert {} was refused by {}: {}", alert.id(), shown, failure);
          return;
        }
        if (answer.status() < 500 && !TRY_AGAIN.contains(answer.status())) {
          throw new Refused(failure);
        }
        asked = retryAfter(answer);
      } catch (Refused e) {
        throw new IOException("The webhook at " + shown + " refuses: " + e.getMessage(), e);
      } catch (IOException e) {
        failure = e.getClass().getSimpleName();
      }
      if (attempt == attempts) {
        throw new IOException(
            "The webhook at " + shown + " was tried " + attempts + " times, last " + failure);
      }
      Duration longer = asked.compareTo(pause) > 0 ? asked : pause;
      timing.sleep(longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
      pause = pause.multipliedBy(2);
    }
  }

  private static Duration retryAfter(HttpResponse answer) {
    String seconds = answer.headers().first("Retry-After");
    return seconds != null && seconds.matches("[0-9]{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : Duration.ZERO;
  }

  /** Shows the host alone. */
  @Override
  public String toString() {
    return "Webhook to " + shown;
  }

  /** Says that trying again is of no use. */
  private static final class Refused extends IOException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }

  /** Sets up a webhook. Not thread-safe. */
  public static final class Builder {
    private final URI address;
    private int attempts = 5;
    private Timing timing = Timing.system();
    private HttpTransport transport =
        JdkHttpTransport.builder().requestTimeout(Duration.ofSeconds(10)).build();

    private Builder(URI address) {
      this.address = address;
    }

    /** Sets how often an alert is tried in a batch. Default: 5, which take 15 seconds and more. */
    public Builder attempts(int times) {
      if (times < 1) {
        throw new IllegalArgumentException("attempts must be positive, was " + times);
      }
      this.attempts = times;
      return this;
    }

    /** Sets the clock that pauses follow. Default: {@link Timing#system()}. */
    public Builder timing(Timing newTiming) {
      this.timing = Objects.requireNonNull(newTiming, "newTiming");
      return this;
    }

    /** Sets what sends. Default: a {@link JdkHttpTransport} that waits ten seconds. */
    public Builder transport(HttpTransport newTransport) {
      this.transport = Objects.requireNonNull(newTransport, "newTransport");
      return this;
    }

    /** Makes the webhook. */
    public Webhook build() {
      return new Webhook(this);
    }
  }
}
