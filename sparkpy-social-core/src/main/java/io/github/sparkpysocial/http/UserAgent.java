package io.github.sparkpysocial.http;

/** Says to servers, and in provenance, which program is asking. */
public final class UserAgent {
  private static final String VALUE = "sparkpy-social/" + version();

  private UserAgent() {}

  /** Returns name and version, such as {@code sparkpy-social/0.1.0}. */
  public static String value() {
    return VALUE;
  }

  private static String version() {
    String version = UserAgent.class.getPackage().getImplementationVersion();
    return version == null ? "dev" : version; // no manifest when run from a directory of classes
  }
}
