package io.github.sparkpysocial.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.AuthenticationException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretTest {
  @TempDir Path directory;

  @Test
  void itDoesNotPrintItself() {
    Secret secret = Secret.of("planted-secret");

    assertThat(secret.toString()).isEqualTo("***");
    assertThat(String.valueOf(Map.of("token", secret))).doesNotContain("planted");
    assertThat(secret.fingerprint()).hasSize(16).isNotEqualTo(Secret.of("other").fingerprint());
    assertThat(secret).isNotInstanceOf(Serializable.class).isEqualTo(Secret.of("planted-secret"));
  }

  @Test
  void aFileMayEndWithALine() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "planted-secret\n");

    assertThat(Secret.fromFile(file).reveal()).isEqualTo("planted-secret");
    assertThatThrownBy(() -> Secret.fromFile(directory.resolve("none")))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("none");
  }

  @Test
  void whatIsMissingOrBrokenIsNamedByItsPlaceAlone() {
    assertThatThrownBy(() -> Secret.fromEnvironment(Map.of(), "X_BEARER_TOKEN"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("X_BEARER_TOKEN")
        .hasMessageContaining("SPARKPY_SANDBOX");
    assertThatThrownBy(() -> Secret.fromEnvironment(Map.of("T", "planted secret"), "T"))
        .isInstanceOf(AuthenticationException.class)
        .hasMessageContaining("variable T")
        .hasMessageNotContaining("planted");
    assertThatThrownBy(() -> Secret.of("  ")).isInstanceOf(AuthenticationException.class);
  }
}
