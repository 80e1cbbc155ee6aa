package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.text.TextEntities;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes posts of tables and documents that another tool has saved: whatever has an id and a text.
 * Columns are those that {@link StoreOptions} names, else they are found by their name, in any
 * case:
 *
 * <ul>
 *   <li>the id: {@code id_str}, {@code id}, {@code tweet_id}, {@code status_id}, {@code post_id},
 *       {@code _id}
 *   <li>the text: {@code full_text}, {@code text}, {@code tweet_text}, {@code content}, {@code
 *       body}
 *   <li>when: {@code created_at}, {@code timestamp}, {@code date}
 *   <li>who: {@code user_id} or {@code author_id}; {@code screen_name}, {@code user_screen_name},
 *       {@code username} or {@code author_handle}; {@code user_name} or {@code author_name}
 *   <li>the language: {@code lang}, {@code language}
 * </ul>
 *
 * <p>A time that cannot be read leaves {@code createdAt} unknown, keeps its spelling in {@code
 * createdAtText}, and is counted as the notice {@code unreadable created_at}. Immutable and
 * thread-safe.
 */
public final class ForeignRecords {
  private static final List<String> ID =
      List.of("id_str", "id", "tweet_id", "status_id", "post_id", "_id");
  private static final List<String> TEXT =
      List.of("full_text", "text", "tweet_text", "content", "body");
  private static final List<String> CREATED_AT = List.of("created_at", "timestamp", "date");
  private static final List<String> USER_ID = List.of("user_id", "author_id");
  private static final List<String> HANDLE =
      List.of("screen_name", "user_screen_name", "username", "author_handle");
  private static final List<String> NAME = List.of("user_name", "author_name");
  private static final List<String> LANGUAGE = List.of("lang", "language");

  private final StoreOptions options;

  /**
   * What was read.
   *
   * @param record the post
   * @param notices what is to be counted, such as {@code unreadable created_at}
   */
  public record Reading(SocialRecord record, List<String> notices) {
    public Reading {
      notices = List.copyOf(notices);
    }
  }

  private ForeignRecords(StoreOptions options) {
    this.options = options;
  }

  /** Returns a reader that follows the options' network and columns. */
  public static ForeignRecords of(StoreOptions options) {
    return new ForeignRecords(options);
  }

  /**
   * Checks that the columns of a table name an id and a text.
   *
   * @throws IllegalArgumentException if not; the message lists the columns there are
   */
  public void requireColumns(Collection<String> names) {
    require(options.idColumn(), ID, names, "id");
    require(options.textColumn(), TEXT, names, "text");
  }

  private static void require(
      @Nullable String named, List<String> known, Collection<String> names, String what) {
    if (column(named, known, names) == null) {
      throw new IllegalArgumentException(
          "has no "
              + (named == null
                  ? "column for the " + what + " (" + String.join(", ", known) + ")"
                  : "column '" + named + "' for the " + what)
              + "; name it, its columns are "
              + String.join(", ", names));
    }
  }

  /**
   * Makes a post.
   *
   * @param fields the columns or fields with their values as text
   * @param raw all of it as a JSON object, so that the columns that a post has no place for survive
   * @throws IllegalArgumentException if the id or the text is missing, or the id was rounded; the
   *     message names the field and holds no content
   */
  public Reading read(
      Map<String, ? extends @Nullable String> fields, String raw, Provenance provenance) {
    String id = value(fields, options.idColumn(), ID);
    String text = value(fields, options.textColumn(), TEXT);
    if (id == null || id.isBlank()) {
      throw new IllegalArgumentException("has no id in " + where(options.idColumn(), ID));
    }
    if (text == null) {
      throw new IllegalArgumentException("has no text in " + where(options.textColumn(), TEXT));
    }
    String suspicion = RoundedIds.suspicion(id.strip());
    if (suspicion != null) {
      throw new IllegalArgumentException("has an id that " + suspicion);
    }
    String time = value(fields, null, CREATED_AT);
    Instant createdAt = time == null ? null : Times.parse(time);
    String userId = value(fields, null, USER_ID);
    Post post =
        Post.builder(options.network(), id.strip(), text)
            .createdAt(createdAt)
            .createdAtText(time)
            .author(new AccountRef(userId, value(fields, null, HANDLE), value(fields, null, NAME)))
            .language(value(fields, null, LANGUAGE))
            .entities(TextEntities.extract(text))
            .provenance(provenance)
            .raw(raw)
            .build();
    return new Reading(
        post, time != null && createdAt == null ? List.of("unreadable created_at") : List.of());
  }

  private static String where(@Nullable String named, List<String> known) {
    return named == null ? "any of " + String.join(", ", known) : "'" + named + "'";
  }

  private static @Nullable String value(
      Map<String, ? extends @Nullable String> fields, @Nullable String named, List<String> known) {
    String column = column(named, known, fields.keySet());
    String value = column == null ? null : fields.get(column);
    return value == null || (value.isBlank() && !known.equals(TEXT)) ? null : value;
  }

  private static @Nullable String column(
      @Nullable String named, List<String> known, Collection<String> names) {
    for (String wanted : named == null ? known : List.of(named)) {
      for (String name : names) {
        if (name.strip().toLowerCase(Locale.ROOT).equals(wanted.toLowerCase(Locale.ROOT))) {
          return name;
        }
      }
    }
    return null;
  }
}
