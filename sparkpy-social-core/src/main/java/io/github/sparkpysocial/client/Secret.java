package io.github.sparkpysocial.client;

import io.github.sparkpysocial.AuthenticationException;
import io.github.sparkpysocial.http.Redaction;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A credential that does not print itself. It is not serializable, so that it cannot end in a
 * checkpoint or a cluster's task by accident.
 */
public final class Secret {
  private static final int LONGEST_FILE_BYTES = 64 << 10;

  private final String value;

  private Secret(String value, String origin) {
    String stripped = value.strip();
    if (stripped.isEmpty()) {
      throw new AuthenticationException("The credential from " + origin + " is empty");
    }
    if (stripped.chars().anyMatch(c -> c <= ' ' || c >= 127)) {
      throw new AuthenticationException(
          "The credential from "
              + origin
              + " holds a space, line break or non-ASCII character; copy it again");
    }
    this.value = stripped;
    Redaction.remember(stripped);
  }

  /**
   * Returns a secret with this value, blanks around it removed.
   *
   * @throws AuthenticationException if it is empty or has a character that no token has
   */
  public static Secret of(String value) {
    return new Secret(value, "code");
  }

  /**
   * Returns the secret in a variable of the process's environment.
   *
   * @throws AuthenticationException if it is not set or empty; the message names the variable
   */
  public static Secret fromEnvironment(String variable) {
    return fromEnvironment(System.getenv(), variable);
  }

  /**
   * Returns the secret in a variable of an environment.
   *
   * @throws AuthenticationException if it is not set or empty; the message names the variable
   */
  public static Secret fromEnvironment(Map<String, String> environment, String variable) {
    String value = environment.get(variable);
    if (value == null) {
      throw new AuthenticationException(
          "The environment variable "
              + variable
              + " is not set; set it to your token, or SPARKPY_SANDBOX to try without one");
    }
    return inVariable(value, variable);
  }

  /** Returns a secret that is, or is a part of, the value of an environment variable. */
  static Secret inVariable(String value, String variable) {
    return new Secret(value, "environment variable " + variable);
  }

  /**
   * Returns the secret that a file holds, blanks and line ends around it removed.
   *
   * @throws AuthenticationException if the file cannot be read, is empty or no credential
   */
  public static Secret fromFile(Path file) {
    try {
      if (Files.size(file) > LONGEST_FILE_BYTES) {
        throw new AuthenticationException("The file " + file + " is too large for a credential");
      }
      return new Secret(Files.readString(file, StandardCharsets.UTF_8), "file " + file);
    } catch (IOException e) {
      throw new AuthenticationException(
          "The credential in file " + file + " cannot be read: " + e.getClass().getSimpleName(), e);
    }
  }

  /** Returns the value itself, for the header it goes into and nowhere else. */
  public String reveal() {
    return value;
  }

  /** Returns a short digest that tells two secrets apart and does not lead back to either. */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(value.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Secret that
        && MessageDigest.isEqual(
            value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** Returns asterisks. */
  @Override
  public String toString() {
    return "***";
  }
}
