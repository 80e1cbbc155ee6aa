package io.github.sparkpysocial.spi;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.spi.ForeignColumns.Source;
import io.github.sparkpysocial.store.Drift;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.text.TextEntities;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes posts of tables and documents that another tool has saved: whatever has an id and a text.
 * Any column of a post is taken from the field that {@link StoreOptions#mapping()} names, and read
 * as the type that the schema declares. These are also found by their name, in any case:
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
 * <p>What happens with a field that no column takes, and with a value that is not of its column's
 * type, is up to {@link StoreOptions#drift()}. With {@link Drift#KEEP_OVERFLOW} such a value leaves
 * its column unknown and is counted as a notice such as {@code unreadable likes}; the spelling of a
 * time is kept in {@code createdAtText}. Immutable and thread-safe.
 */
public final class ForeignRecords {
  private static final Pattern COLUMN_IN_MESSAGE = Pattern.compile("'([a-z_]+)'");
  private static final Set<String> NEEDED = Set.of("network", "id", "text");
  private static final Set<String> ENTITIES = Set.of("hashtags", "mentions", "urls", "cashtags");
  private static final Set<String> NOT_MAPPED = Set.of("record", "raw");
  private static final Set<String> PLACE =
      Set.of("latitude", "longitude", "geo_south", "geo_west", "geo_north", "geo_east");

  private final StoreOptions options;

  /** The columns of the object before, since most objects have the same fields. */
  private volatile ForeignColumns last;

  /**
   * What was read.
   *
   * @param record the post
   * @param notices what is to be counted, such as {@code unreadable created_at}
   * @param unknownFields the fields that no column takes; they are counted, and survive in the raw
   *     JSON
   * @param rejected fields and values that were taken out of the post, to be set aside
   */
  public record Reading(
      SocialRecord record,
      List<String> notices,
      List<String> unknownFields,
      List<FileFormat.RejectedPart> rejected) {
    public Reading {
      notices = List.copyOf(notices);
      unknownFields = List.copyOf(unknownFields);
      rejected = List.copyOf(rejected);
    }

    /** Makes a reading in which everything was known. */
    public Reading(SocialRecord record, List<String> notices) {
      this(record, notices, List.of(), List.of());
    }

    /** Returns the same as a format of files would say it. */
    public FileFormat.Reading asFormat() {
      return new FileFormat.Reading(List.of(record), notices, unknownFields, rejected);
    }
  }

  /** A field that does not keep to the schema, and why; the reason follows its name. */
  private record Misfit(String field, @Nullable String column, String reason) {}

  private ForeignRecords(StoreOptions options) {
    this.options = options;
    this.last = ForeignColumns.of(List.of(), options.mapping());
  }

  /**
   * Returns a reader that follows the options' network, columns and drift.
   *
   * @throws IllegalArgumentException if a column is mapped that is made and not read
   */
  public static ForeignRecords of(StoreOptions options) {
    for (String column : options.mapping().keySet()) {
      if (NOT_MAPPED.contains(column)) {
        throw new IllegalArgumentException(
            "The column '" + column + "' is made from the whole item; map no field to it");
      }
    }
    return new ForeignRecords(options);
  }

  /**
   * Checks that the columns of a table name an id and a text, and all that the options name.
   *
   * @throws IllegalArgumentException if not; the message lists the columns there are
   */
  public void requireColumns(Collection<String> names) {
    ForeignColumns columns = columns(names);
    List<String> needed = new ArrayList<>(List.of("id", "text"));
    options.mapping().keySet().stream().sorted().forEach(needed::add);
    for (String column : needed) {
      if (columns.field(column) == null) {
        String named = options.mapping().get(column);
        throw new IllegalArgumentException(
            "has no "
                + (named == null
                    ? "column for the "
                        + column
                        + " ("
                        + String.join(", ", ForeignColumns.wanted(column, Map.of()))
                        + ")"
                    : "column '" + named + "' for the " + column)
                + "; name it, its columns are "
                + String.join(", ", names));
      }
    }
  }

  /** Makes a post of an item without lines; see {@link #read(Map, String, Provenance, long)}. */
  public Reading read(
      Map<String, ? extends @Nullable String> fields, String raw, Provenance provenance) {
    return read(fields, raw, provenance, 0);
  }

  /**
   * Makes a post.
   *
   * @param fields the columns or fields with their values as text; {@code null} for what is no
   *     single value, such as an object
   * @param raw all of it as a JSON object, so that the columns that a post has no place for survive
   * @param line the line of the place that the item starts on, for messages, or 0
   * @throws IllegalArgumentException if the id or the text is missing, the id was rounded, or the
   *     whole is to be set aside; the message names the field and holds no content
   * @throws StoreException if drift is to stop the reading; the message names place, line and field
   */
  public Reading read(
      Map<String, ? extends @Nullable String> fields,
      String raw,
      Provenance provenance,
      long line) {
    ForeignColumns columns = columns(fields.keySet());
    Map<String, @Nullable Object> values = new HashMap<>();
    List<Misfit> misfits = new ArrayList<>(0);
    values.put("network", options.network().name());
    for (Source source : columns.sources()) {
      take(source, fields.get(source.field()), values, misfits);
    }
    requireIdentity(values, columns);
    Post post = post(values, columns, misfits);
    List<String> unmapped = new ArrayList<>(0);
    for (String name : columns.unmapped()) {
      String value = fields.get(name);
      if (value == null || !value.isBlank()) {
        unmapped.add(name);
      }
    }
    Post.Builder whole = post.toBuilder().provenance(provenance(post, provenance)).raw(raw);
    if (values.keySet().stream().noneMatch(ENTITIES::contains)) {
      whole.entities(TextEntities.extract(post.text()));
    } else {
      whole.entities(entities(post));
    }
    return settle(whole, misfits, unmapped, raw, provenance, line);
  }

  private ForeignColumns columns(Collection<String> names) {
    ForeignColumns columns = last;
    if (!columns.fits(names)) {
      columns = ForeignColumns.of(names, options.mapping());
      last = columns;
    }
    return columns;
  }

  private void take(
      Source source,
      @Nullable String text,
      Map<String, @Nullable Object> values,
      List<Misfit> misfits) {
    String column = source.column().name();
    if (text == null || (text.isBlank() && !column.equals("text"))) {
      return;
    }
    if (column.equals("created_at")) {
      values.putIfAbsent("created_at_text", text);
    }
    try {
      values.put(
          column, column.equals("id") ? text.strip() : ForeignValues.parse(text, source.column()));
    } catch (IllegalArgumentException e) {
      misfits.add(new Misfit(source.field(), column, String.valueOf(e.getMessage())));
    }
  }

  private void requireIdentity(Map<String, @Nullable Object> values, ForeignColumns columns) {
    for (String column : List.of("id", "text")) {
      if (values.get(column) == null) {
        String named = options.mapping().get(column);
        throw new IllegalArgumentException(
            "has no "
                + column
                + " in "
                + (named == null
                    ? "any of " + String.join(", ", ForeignColumns.wanted(column, Map.of()))
                    : "'" + named + "'"));
      }
    }
    String suspicion = RoundedIds.suspicion(String.valueOf(values.get("id")));
    if (suspicion != null) {
      throw new IllegalArgumentException("has an id that " + suspicion);
    }
    if (columns.field("network") != null) {
      try {
        values.put("network", Network.of(String.valueOf(values.get("network"))).name());
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("has a network that is no lower-case word", e);
      }
    }
  }

  /** Makes the post, without the values that no post can have together. */
  private static Post post(
      Map<String, @Nullable Object> values, ForeignColumns columns, List<Misfit> misfits) {
    while (true) {
      try {
        return (Post) RecordSchema.of(RecordKind.POST).record(values);
      } catch (IllegalArgumentException | ArithmeticException e) {
        Matcher named = COLUMN_IN_MESSAGE.matcher(String.valueOf(e.getMessage()));
        String column = named.find() ? named.group(1) : "latitude";
        Set<String> wrong = PLACE.contains(column) ? PLACE : Set.of(column);
        if (!values.keySet().removeAll(wrong) || NEEDED.contains(column)) {
          throw new IllegalArgumentException("holds values that no post can have", e);
        }
        String reason =
            PLACE.contains(column)
                ? "is no place on earth; are latitude and longitude swapped?"
                : "has a value that the schema does not know";
        String field = columns.field(column);
        misfits.add(new Misfit(field == null ? column : field, column, reason));
      }
    }
  }

  /** The fields of a foreign table may say where it came from; else the file does. */
  private static Provenance provenance(Post post, Provenance file) {
    Provenance own = post.provenance();
    return new Provenance(
        own.place() == null ? file.place() : own.place(),
        own.fetchedAt() == null ? file.fetchedAt() : own.fetchedAt(),
        own.tool() == null ? file.tool() : own.tool());
  }

  /** What is mapped is taken, and what is not is found in the text. */
  private Entities entities(Post post) {
    Entities found = TextEntities.extract(post.text());
    Entities given = post.entities();
    Map<String, String> mapping = options.mapping();
    return new Entities(
        mapping.containsKey("hashtags") ? given.hashtags() : found.hashtags(),
        mapping.containsKey("mentions") ? given.mentions() : found.mentions(),
        mapping.containsKey("urls") ? given.urls() : found.urls(),
        mapping.containsKey("cashtags") ? given.cashtags() : found.cashtags());
  }

  /** Does what the options say with all that does not keep to the schema. */
  private Reading settle(
      Post.Builder post,
      List<Misfit> misfits,
      List<String> unmapped,
      String raw,
      Provenance provenance,
      long line) {
    if (misfits.isEmpty() && unmapped.isEmpty()) {
      return new Reading(post.build(), List.of());
    }
    if (options.drift() == Drift.KEEP_OVERFLOW) {
      List<String> notices =
          misfits.stream().map(misfit -> "unreadable " + misfit.column()).distinct().toList();
      return new Reading(post.build(), notices, unmapped, List.of());
    }
    List<Misfit> all = new ArrayList<>(misfits);
    for (String name : unmapped) {
      all.add(new Misfit(name, null, "is no column of a post, and none is mapped to it"));
    }
    Misfit first = all.get(0);
    return switch (options.drift()) {
      case STOP ->
          throw new StoreException(
              provenance.place()
                  + (line > 0 ? ", line " + line : "")
                  + ", field '"
                  + first.field()
                  + "': "
                  + first.reason()
                  + "; map it, or choose another way with drift");
      case SET_ASIDE_VALUE -> withoutValues(post, all, raw);
      default ->
          throw new IllegalArgumentException("field '" + first.field() + "' " + first.reason());
    };
  }

  private static Reading withoutValues(Post.Builder post, List<Misfit> misfits, String raw) {
    Map<String, String> reasons = new LinkedHashMap<>();
    misfits.forEach(misfit -> reasons.putIfAbsent(misfit.field(), misfit.reason()));
    RawFields fields = RawFields.take(raw, reasons.keySet());
    List<FileFormat.RejectedPart> rejected = new ArrayList<>();
    reasons.forEach(
        (field, reason) ->
            rejected.add(
                new FileFormat.RejectedPart(
                    "field '" + field + "' " + reason, fields.taken().getOrDefault(field, "{}"))));
    if (misfits.stream().anyMatch(misfit -> "created_at".equals(misfit.column()))) {
      post.createdAtText(null);
    }
    return new Reading(post.raw(fields.rest()).build(), List.of(), List.of(), rejected);
  }
}
