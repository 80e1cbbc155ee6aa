package io.github.sparkpysocial.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedactionTest {
  private static final HttpRequest REQUEST =
      HttpRequest.get(URI.create("https://user:pw-in-uri@api.example/a?token=abc123xyz&q=1"))
          .withHeader("AUTHORIZATION", "Bearer planted-secret-1")
          .withHeader("Cookie", "planted-secret-2")
          .withHeader("Accept", "application/json");

  @Test
  void requestsAndHeadersPrintWithoutCredentials() {
    assertThat(REQUEST.toString() + REQUEST.headers())
        .doesNotContain("planted", "pw-in-uri", "abc123xyz")
        .contains("q=1", "application/json", "***");
  }

  @Test
  void whatAServerRepeatsIsTakenOutOfItsWords() {
    assertThat(
            Redaction.quote(
                "Bad token planted-secret-1,\r\n\tcookie planted-secret-2,"
                    + " ghp_0123456789abcdefghij and Bearer eyJhbGciOi.JIUzI1",
                REQUEST))
        .isEqualTo("Bad token ***, cookie ***, *** and ***");
    assertThat(Redaction.quote("x".repeat(1_000), REQUEST)).hasSize(301).endsWith("…");
  }

  @Test
  void headersIgnoreCaseAndRefuseLineBreaksWithoutShowingThem() {
    Headers headers = Headers.of(Map.of("X-Rate-Limit-Reset", List.of("1", "2")));
    assertThat(headers.first("x-rate-limit-RESET")).isEqualTo("1");
    assertThat(headers.all("X-RATE-limit-reset")).containsExactly("1", "2");
    assertThat(headers.with("x-rate-limit-reset", "3").asMap()).hasSize(1);
    assertThat(headers.without("X-rate-limit-reset")).isEqualTo(Headers.NONE);

    assertThatThrownBy(() -> headers.with("Authorization", "planted-secret\nX: y"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Authorization")
        .hasMessageNotContaining("planted");
  }
}
