package io.github.sparkpysocial.connectors.bluesky;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Names and times as the AT Protocol spells them (<a href="https://atproto.com/specs/handle">
 * handle</a>, <a href="https://atproto.com/specs/did">DID</a>, <a
 * href="https://atproto.com/specs/at-uri-scheme">AT-URI</a>, <a
 * href="https://atproto.com/specs/lexicon#datetime">datetime</a>).
 */
final class AtSyntax {
  private static final int LONGEST_ADDRESS = 8 * 1024;
  private static final int LONGEST_DID = 2 * 1024;
  private static final Pattern HANDLE =
      Pattern.compile(
          "(?=.{1,253}$)(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?\\.)+"
              + "[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
  private static final Pattern DID = Pattern.compile("did:[a-z]+:[a-zA-Z0-9._:%-]*[a-zA-Z0-9._-]");
  private static final Pattern NSID =
      Pattern.compile(
          "(?=.{1,317}$)[a-zA-Z](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?"
              + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)+\\.[a-zA-Z][a-zA-Z0-9]{0,62}");
  private static final Pattern RECORD_KEY = Pattern.compile("(?!\\.\\.?$)[a-zA-Z0-9_~.:-]{1,512}");
  private static final Pattern TIME =
      Pattern.compile(
          "(?!000)\\d{4}-[01]\\d-[0-3]\\dT[0-2]\\d:[0-6]\\d:[0-6]\\d(?:\\.\\d{1,20})?"
              + "(?:Z|(?!-00:00)[+-][0-2]\\d:[0-5]\\d)");

  private AtSyntax() {}

  static boolean isHandle(String text) {
    return HANDLE.matcher(text).matches();
  }

  static boolean isDid(String text) {
    return text.length() <= LONGEST_DID && DID.matcher(text).matches();
  }

  /** Returns whether a text names an account: a handle or a DID. */
  static boolean isIdentifier(String text) {
    return isHandle(text) || isDid(text);
  }

  static boolean isNsid(String text) {
    return NSID.matcher(text).matches();
  }

  static boolean isRecordKey(String text) {
    return RECORD_KEY.matcher(text).matches();
  }

  /** Returns whether a text is the address of a repository, a collection or a record. */
  static boolean isAtUri(String text) {
    if (!text.startsWith("at://") || text.length() > LONGEST_ADDRESS) {
      return false;
    }
    String[] parts = text.substring("at://".length()).split("/", -1);
    return parts.length <= 3
        && isIdentifier(parts[0])
        && (parts.length < 2 || isNsid(parts[1]))
        && (parts.length < 3 || isRecordKey(parts[2]));
  }

  /** Returns whether a text is a time as the protocol wants it. */
  static boolean isTime(String text) {
    return text.length() <= 64 && TIME.matcher(text).matches() && instant(text) != null;
  }

  /**
   * Reads a time as generously as the network's own servers do: one without an offset is in UTC.
   *
   * @return {@code null} if it is none
   */
  static @Nullable Instant instant(String text) {
    String bounded = text.replaceFirst("(\\.\\d{9})\\d+", "$1"); // finer than a nanosecond
    try {
      return OffsetDateTime.parse(bounded).toInstant();
    } catch (DateTimeException e) {
      try {
        return LocalDateTime.parse(bounded).toInstant(ZoneOffset.UTC);
      } catch (DateTimeException neither) {
        return null;
      }
    }
  }

  /** Returns the DID in the address of a record, or {@code null} if it has none. */
  static @Nullable String did(@Nullable String address) {
    if (address == null || !address.startsWith("at://did:")) {
      return null;
    }
    int slash = address.indexOf('/', "at://".length());
    return slash < 0 ? address.substring("at://".length()) : address.substring(5, slash);
  }

  /** Returns the last part of the address of a record. */
  static String key(String address) {
    return address.substring(address.lastIndexOf('/') + 1);
  }

  /** Returns whether an address is that of a record of a collection. */
  static boolean isIn(@Nullable String address, String collection) {
    return address != null && address.contains('/' + collection + '/');
  }
}
