package io.github.sparkpysocial.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTest {
  private static final URI NETWORK = URI.create("https://api.x.com");

  private static Endpoint of(String uri, Map<String, String> environment) {
    return Endpoint.of(
        PlaceUri.parse(uri),
        new SourceOptions(environment, Clock.systemUTC()),
        NETWORK,
        "X_BEARER_TOKEN");
  }

  @Test
  void theNetworkIsAskedWithTheTokenOfTheEnvironment() {
    Endpoint endpoint = of("x:search?q=a", Map.of("X_BEARER_TOKEN", "planted-secret"));

    assertThat(endpoint.base()).isEqualTo(NETWORK);
    assertThat(endpoint.token()).isEqualTo(Secret.of("planted-secret"));
    assertThat(endpoint.sandbox()).isFalse();
    assertThat(endpoint.scope() + endpoint).doesNotContain("planted");
    assertThat(of("x:search?q=a", Map.of()).token()).isNull();
  }

  @Test
  void aSandboxNeverGetsARealToken() {
    Map<String, String> environment =
        Map.of("X_BEARER_TOKEN", "planted-secret", "SPARKPY_SANDBOX", "http://127.0.0.1:7000/");

    assertThat(of("x:search?q=a", environment).base())
        .isEqualTo(URI.create("http://127.0.0.1:7000"));
    assertThat(of("x:search?q=a", environment).token()).isEqualTo(Secret.of("sandbox"));
    assertThat(of("x:search?q=a&endpoint=http://localhost:7001", environment).base())
        .isEqualTo(URI.create("http://localhost:7001"));
    assertThat(of("x:search?q=a&endpoint=http://localhost:7001", environment).token())
        .isEqualTo(Secret.of("sandbox"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.org",
        "https://example.org",
        "http://127.0.0.1@example.org",
        "http://127.0.0.1.example.org",
        "//127.0.0.1",
        "not an address"
      })
  void aSandboxIsOnThisMachine(String address) {
    assertThatThrownBy(() -> of("x:search", Map.of("SPARKPY_SANDBOX", address)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("SPARKPY_SANDBOX")
        .hasMessageContaining("http://127.0.0.1:8080");
  }
}
