package io.github.sparkpysocial.viz.dashboard;

import java.util.regex.Pattern;

/** What records of this package check alike. */
final class Checks {
  private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,63}");

  private Checks() {}

  static String id(String id) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "An id on a dashboard has lower-case letters, digits and hyphens and begins with a"
              + " letter, such as 'top-authors'; was '"
              + id
              + "'");
    }
    return id;
  }

  static long count(String name, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(name + " is at least 0, was " + count);
    }
    return count;
  }
}
