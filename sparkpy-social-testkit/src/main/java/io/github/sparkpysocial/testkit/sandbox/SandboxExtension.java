package io.github.sparkpysocial.testkit.sandbox;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts a {@link Sandbox} for the tests of a class and stops it after them.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final SandboxExtension SANDBOX =
 *     SandboxExtension.perTest(Sandbox.builder(COMMUNITY)).failOnViolations();
 * }</pre>
 *
 * <p>Thread-safe for tests that run one after the other.
 */
public final class SandboxExtension
    implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {
  private final Sandbox.Builder builder;
  private final boolean perTest;
  private final boolean failOnViolations;
  private @Nullable Sandbox sandbox;
  private boolean keptForClass;
  private int violationsBefore;

  private SandboxExtension(Sandbox.Builder builder, boolean perTest, boolean failOnViolations) {
    this.builder = Objects.requireNonNull(builder, "builder");
    this.perTest = perTest;
    this.failOnViolations = failOnViolations;
  }

  /** Returns an extension with a fresh sandbox for each test: full limits, nothing recorded. */
  public static SandboxExtension perTest(Sandbox.Builder builder) {
    return new SandboxExtension(builder, true, false);
  }

  /** Returns an extension with one sandbox for all tests of a class; keep it in a static field. */
  public static SandboxExtension perClass(Sandbox.Builder builder) {
    return new SandboxExtension(builder, false, false);
  }

  /** Returns a copy that fails a test whose client broke a limit. */
  public SandboxExtension failOnViolations() {
    return new SandboxExtension(builder, perTest, true);
  }

  /**
   * Returns the running sandbox.
   *
   * @throws IllegalStateException outside of a test
   */
  public Sandbox sandbox() {
    Sandbox running = sandbox;
    if (running == null) {
      throw new IllegalStateException(
          "The sandbox runs during tests only; is the extension's field annotated with"
              + " @RegisterExtension?");
    }
    return running;
  }

  /** Returns the address of the running sandbox. */
  public URI uri() {
    return sandbox().uri();
  }

  /** Returns the environment that turns sparkpy-social's clients to the running sandbox. */
  public Map<String, String> environment() {
    return sandbox().environment();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    if (!perTest && sandbox == null) {
      sandbox = builder.start();
      keptForClass = true;
    }
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    if (sandbox == null) {
      sandbox = builder.start();
    }
    violationsBefore = sandbox().violations().size();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    List<Violation> violations = sandbox().violations();
    if (!keptForClass) {
      stop();
    }
    if (failOnViolations && violations.size() > violationsBefore) {
      throw new AssertionError(
          "The client broke the networks' limits: "
              + violations.subList(violationsBefore, violations.size()));
    }
  }

  @Override
  public void afterAll(ExtensionContext context) {
    keptForClass = false;
    stop();
  }

  private void stop() {
    Sandbox running = sandbox;
    sandbox = null;
    if (running != null) {
      running.close();
    }
  }
}
