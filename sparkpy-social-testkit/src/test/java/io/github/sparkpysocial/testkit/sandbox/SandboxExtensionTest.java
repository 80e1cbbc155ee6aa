package io.github.sparkpysocial.testkit.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.testkit.community.Community;
import java.io.IOException;
import java.net.URI;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SandboxExtensionTest {
  private static final Community COMMUNITY = Community.builder().posts(5).build();
  private static final Set<URI> SHARED = new HashSet<>();

  @RegisterExtension
  static final SandboxExtension PER_CLASS =
      SandboxExtension.perClass(Sandbox.builder(COMMUNITY)).failOnViolations();

  @RegisterExtension
  static final SandboxExtension PER_TEST = SandboxExtension.perTest(Sandbox.builder(COMMUNITY));

  @Test
  void oneTestFindsAFreshSandboxAndTheSharedOne() throws IOException {
    checkBoth();
  }

  @Test
  void anotherTestFindsAFreshSandboxAndTheSharedOne() throws IOException {
    checkBoth();
  }

  private static void checkBoth() throws IOException {
    SHARED.add(PER_CLASS.uri());
    assertThat(SHARED).hasSize(1);
    assertThat(PER_TEST.sandbox().requests()).isEmpty();
    Http.get(PER_TEST.sandbox(), "/rate_limit");
    assertThat(PER_TEST.sandbox().requests()).hasSize(1);
  }

  @Test
  void outsideOfATestThereIsNone() {
    SandboxExtension extension = SandboxExtension.perTest(Sandbox.builder(COMMUNITY));

    assertThatThrownBy(extension::sandbox)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("@RegisterExtension");
  }
}
