package io.github.sparkpysocial.model;

import java.io.Serializable;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The network that a record comes from. Names are lower-case words such as {@code x} or {@code
 * github}; the set is open, so that a connector of a third party can bring its own.
 *
 * @param name one lower-case letter, then up to 31 lower-case letters, digits or hyphens
 */
public record Network(String name) implements Comparable<Network>, Serializable {
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,31}");

  /** X, formerly Twitter. */
  public static final Network X = new Network("x");

  /** GitHub. */
  public static final Network GITHUB = new Network("github");

  /** Meetup. */
  public static final Network MEETUP = new Network("meetup");

  /** Mastodon, any instance. */
  public static final Network MASTODON = new Network("mastodon");

  /** Bluesky and the AT Protocol. */
  public static final Network BLUESKY = new Network("bluesky");

  /** Records of files that do not say which network they came from. */
  public static final Network LOCAL = new Network("local");

  public Network {
    Objects.requireNonNull(name, "name");
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A network's name is a lower-case word such as 'x' or 'github', was '" + name + "'");
    }
  }

  /**
   * Returns the network of this name.
   *
   * @throws IllegalArgumentException if the name is not a lower-case word
   */
  public static Network of(String name) {
    return switch (name) { // most names need not be looked at again
      case "x" -> X;
      case "github" -> GITHUB;
      case "meetup" -> MEETUP;
      case "mastodon" -> MASTODON;
      case "bluesky" -> BLUESKY;
      case "local" -> LOCAL;
      default -> new Network(name);
    };
  }

  @Override
  public int compareTo(Network other) {
    return name.compareTo(other.name);
  }

  @Override
  public String toString() {
    return name;
  }
}
