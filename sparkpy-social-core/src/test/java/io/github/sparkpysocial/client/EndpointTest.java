package io.github.sparkpysocial.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.http.HttpRequest;
import io.github.sparkpysocial.http.Redaction;
import io.github.sparkpysocial.limit.Credential;
import io.github.sparkpysocial.limit.RateLimits;
import io.github.sparkpysocial.place.PlaceUri;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  @Test
  void severalTokensAreSeparatedByCommas() {
    Endpoint endpoint =
        of("x:search?q=a", Map.of("X_BEARER_TOKEN", " planted-one, planted-two,planted-one, ,"));

    assertThat(endpoint.tokens())
        .containsExactly(Secret.of("planted-one"), Secret.of("planted-two"));
    assertThat(endpoint.credentials()).hasSize(2);
    assertThat(endpoint.toString() + endpoint.credentials()).doesNotContain("planted");
  }

  @Test
  void onASandboxOnlyItsOwnTokensAreTakenFromTheEnvironment() {
    String sandbox = "http://127.0.0.1:7000/";

    assertThat(
            of(
                    "x:search?q=a",
                    Map.of(
                        "X_BEARER_TOKEN",
                        "planted-one,sandbox-2,sandbox-3",
                        "SPARKPY_SANDBOX",
                        sandbox))
                .tokens())
        .containsExactly(Secret.of("sandbox-2"), Secret.of("sandbox-3"));
  }

  @Test
  void aTokenThatIsNoneIsRefusedByTheNameOfItsVariable() {
    assertThatThrownBy(() -> of("x:search?q=a", Map.of("X_BEARER_TOKEN", "ok-token,no token")))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("X_BEARER_TOKEN")
        .hasMessageNotContaining("no token");
  }

  @Test
  void aDirectoryInTheEnvironmentSharesTheLimits(@TempDir Path directory) {
    assertThat(SourceOptions.fromEnvironment(Map.of()).limits()).isSameAs(RateLimits.shared());
    assertThat(
            SourceOptions.fromEnvironment(Map.of("SPARKPY_LIMITS_DIR", directory.toString()))
                .limits())
        .isNotSameAs(RateLimits.shared());
  }

  @Test
  void aTokenSignsRequestsToItsEndpointAndNoOther() {
    Credential token = of("x:search?q=a", Map.of("X_BEARER_TOKEN", "one")).credentials().get(0);

    assertThat(header(token, "https://api.x.com/2/users")).isEqualTo("Bearer one");
    assertThat(header(token, "https://API.x.com:443/2/users")).isEqualTo("Bearer one");
    assertThat(header(token, "https://api.x.com:8443/2/users")).isNull();
    assertThat(header(token, "http://api.x.com/2/users")).isNull();
    assertThat(header(token, "https://api.x.com.example.org/2/users")).isNull();
  }

  private static @Nullable String header(Credential token, String uri) {
    return token.sign(HttpRequest.get(URI.create(uri))).headers().first("Authorization");
  }

  @Test
  void aServerThatRepeatsATokenIsQuotedWithoutIt() {
    Secret.of("planted-and-remembered");

    assertThat(Redaction.text("no such token: planted-and-remembered!"))
        .isEqualTo("no such token: ***!");
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
