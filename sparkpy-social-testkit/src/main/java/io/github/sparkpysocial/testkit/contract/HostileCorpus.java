package io.github.sparkpysocial.testkit.contract;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Entities;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.GeoBox;
import io.github.sparkpysocial.model.GeoPoint;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.RecordSchema;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import io.github.sparkpysocial.spi.WellFormed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Records and files that break what is not made with care. Every place takes each of them whole, or
 * sets it aside with a reason, and goes on; see {@link StoreContract}. The same ones each time.
 *
 * <p>The texts of {@link HostileTexts} stand in ids, in every text column of a post, and in the
 * names and lists of the other kinds; beside them are times, numbers, sizes and raw JSON at their
 * edges.
 */
public final class HostileCorpus {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.250Z");
  private static final Network NETWORK = Network.X;

  private HostileCorpus() {}

  /** Returns all records, of all kinds; no two have one key, and no tombstone is for another. */
  public static List<SocialRecord> records() {
    List<SocialRecord> records = new ArrayList<>(posts());
    records.addAll(otherKinds());
    return List.copyOf(records);
  }

  /** Returns the posts among the {@link #records()}. */
  public static List<Post> posts() {
    List<Post> posts = new ArrayList<>();
    for (String text : HostileTexts.all()) {
      posts.add(post("text-" + posts.size(), text).build());
      posts.add(everywhere("everywhere-" + posts.size(), text));
    }
    for (String id : HostileTexts.ids()) {
      posts.add(post(id, "the id is the difference").build());
    }
    posts.addAll(times());
    posts.addAll(numbers());
    posts.addAll(sizes());
    posts.addAll(absences());
    posts.addAll(rawJson());
    return List.copyOf(posts);
  }

  private static Post.Builder post(String id, String text) {
    return Post.builder(NETWORK, id, text).createdAt(NOON);
  }

  /** Has the text in every column of texts. */
  private static Post everywhere(String id, String text) {
    return post(id, text)
        .language(text)
        .createdAtText(text)
        .author(new AccountRef(text, text, text))
        .inReplyToId(text)
        .inReplyToAuthorId(text)
        .repostOfId(text)
        .repostOfAuthorId(text)
        .quoteOfId(text)
        .conversationId(text)
        .entities(
            new Entities(
                List.of(new Entities.Hashtag(text, 0, 1)),
                List.of(new Entities.Mention(text, text, 0, 1)),
                List.of(new Entities.Url(text, text, 0, 1)),
                List.of(new Entities.Cashtag(text, 0, 1))))
        .mediaUrls(List.of(text, "", text))
        .place(new Place(null, Place.Precision.PROFILE, null, text, text, text))
        .source(text)
        .url(text)
        .provenance(new Provenance(text, NOON, text))
        .raw(text)
        .build();
  }

  private static List<Post> times() {
    List<Post> posts = new ArrayList<>();
    for (String time :
        List.of(
            "0001-01-01T00:00:00Z",
            "0000-12-31T23:59:59.999Z",
            "-0044-03-15T11:00:00Z",
            "0999-12-31T23:59:59Z",
            "1582-10-10T00:00:00Z",
            "1899-12-31T23:59:59.999Z",
            "1969-12-31T23:59:59.999Z",
            "1970-01-01T00:00:00Z",
            "1970-01-01T00:00:00.001Z",
            "2016-12-31T23:59:59.999Z", // before a leap second
            "2017-01-01T00:00:00Z",
            "2038-01-19T03:14:08Z", // seconds beyond 32 bits
            "2106-02-07T06:28:16Z",
            "9999-12-31T23:59:59.999Z",
            "+10000-01-01T00:00:00Z",
            "+294277-01-01T00:00:00Z",
            "+292278994-08-17T07:12:55Z",
            "+292278995-01-01T00:00:00Z", // milliseconds beyond 64 bits
            "+1000000000-12-31T23:59:59Z",
            "-1000000000-01-01T00:00:00Z")) {
      posts.add(post("time " + time, "said then").createdAt(Instant.parse(time)).build());
    }
    for (String spelling :
        List.of(
            "2016-12-31T23:59:60Z",
            "Sat Dec 31 23:59:60 +0000 2016",
            "0001-01-01",
            "31/12/9999",
            "not a time",
            "")) {
      posts.add(post("spelled " + spelling, "spelled so").createdAtText(spelling).build());
    }
    return posts;
  }

  private static List<Post> numbers() {
    List<Post> posts = new ArrayList<>();
    for (long count :
        new long[] {
          0, 1, Integer.MAX_VALUE, 1L + Integer.MAX_VALUE, (1L << 53) + 1, Long.MAX_VALUE, -1
        }) {
      posts.add(
          post("count " + count, "counted")
              .engagement(new Engagement(count, null, count, null, count))
              .build());
    }
    double[] degrees = {
      0, Double.MIN_VALUE, Double.MIN_NORMAL, 0.1 + 0.2, Math.nextDown(90.0), 90, -90
    };
    for (double latitude : degrees) {
      GeoPoint point = new GeoPoint(latitude, 2 * latitude);
      posts.add(
          post("at " + latitude, "said there")
              .place(
                  new Place(point, Place.Precision.BOX, new GeoBox(point, point), null, null, null))
              .build());
    }
    return posts;
  }

  private static List<Post> sizes() {
    List<Entities.Hashtag> hashtags = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      hashtags.add(new Entities.Hashtag("tag" + i, 5 * i, 5 * i + 4));
    }
    return List.of(
        post("10,000 hashtags", "#tag ".repeat(10_000))
            .entities(new Entities(hashtags, List.of(), List.of(), List.of()))
            .build(),
        post("64 KB of ASCII", "x".repeat(1 << 16)).build(),
        post("64 KB and one", "x".repeat((1 << 16) + 1)).build(),
        post("64 KB of four bytes", "\uD83E\uDD84".repeat(1 << 14)).build(),
        post("64 KB of combining marks", "e" + "\u0301".repeat(1 << 15)).build(),
        post("64 KB of quotes", "\"".repeat(1 << 16)).build(),
        post("64 KB of any characters", HostileTexts.random(new Random(7), 1 << 15)).build(),
        post("1 MB", "0123456789abcdef".repeat(1 << 16)).build(),
        post("i".repeat(250), "a long id").build(),
        post("i".repeat(1_000), "a longer id").build(),
        post("\uD83E\uDD84".repeat(2_000), "an id of 8,000 bytes").build());
  }

  private static List<Post> absences() {
    return List.of(
        Post.builder(NETWORK, "nothing", "").build(),
        post("empty texts", "")
            .language("")
            .createdAtText("")
            .author(new AccountRef("", "", ""))
            .inReplyToId("")
            .source("")
            .url("")
            .entities(
                new Entities(
                    List.of(new Entities.Hashtag("", 0, 0)),
                    List.of(
                        new Entities.Mention("", "", 0, 0), new Entities.Mention("", null, 0, 0)),
                    List.of(new Entities.Url("", null, 0, 0)),
                    List.of()))
            .mediaUrls(List.of("", ""))
            .raw("")
            .build(),
        post("words for nothing", "null")
            .language("null")
            .source("NULL")
            .url("\\N")
            .createdAtText("None")
            .author(new AccountRef("NaN", "undefined", "nil"))
            .raw("null")
            .build());
  }

  private static List<Post> rawJson() {
    int deep = 2_000;
    return List.of(
        post("raw lines", "kept as it is").raw("{\n  \"a\" : 1,\r\n\t\"b\":[ ]\n}\n").build(),
        post("raw deep", "kept as it is")
            .raw("{\"a\":" + "[".repeat(deep) + "]".repeat(deep) + "}")
            .build(),
        post("raw numbers", "kept as it is")
            .raw("{\"id\":12345678901234567890,\"f\":1.0e400,\"g\":0.10,\"h\":-0.0}")
            .build(),
        post("raw twice", "kept as it is").raw("{\"a\":1,\"a\":2,\"$set\":{\"a.b\":3}}").build(),
        post("raw escapes", "kept as it is")
            .raw("{\"t\":\"\\ud83d\\u0000\\u2028\\/\\\"\",\"\\u0061\":\"\u2028\"}")
            .build(),
        post("raw is broken", "kept as it is").raw("{\"a\":").build(),
        post("raw is large", "kept as it is")
            .raw("{\"text\":\"" + "raw ".repeat(1 << 16) + "\"}")
            .build());
  }

  /** Each other kind once a text, in its names, lists and references. */
  private static List<SocialRecord> otherKinds() {
    List<SocialRecord> records = new ArrayList<>();
    for (String text : HostileTexts.all()) {
      String id = "other-" + records.size();
      AccountRef somebody = new AccountRef(text, text, text);
      records.add(
          Account.builder(NETWORK, id)
              .handle(text)
              .name(text)
              .description(text)
              .url(text)
              .place(Place.named(text))
              .followers(Long.MAX_VALUE)
              .build());
      records.add(
          Repository.builder(NETWORK, id, text)
              .owner(somebody)
              .description(text)
              .languages(List.of(new Repository.LanguageShare(text, Long.MAX_VALUE)))
              .topics(List.of(text, text, ""))
              .license(text)
              .build());
      records.add(
          Event.builder(NETWORK, id, text)
              .description(text)
              .startsAt(Instant.parse("9999-12-31T23:59:59.999Z"))
              .startsAtText(text)
              .timezone(text)
              .groupId(text)
              .hosts(List.of(somebody, new AccountRef(null, null, null)))
              .address(text)
              .build());
      records.add(
          Group.builder(NETWORK, id, text)
              .handle(text)
              .organizer(somebody)
              .timezone(text)
              .topics(List.of(text))
              .build());
      records.add(
          Interaction.builder(NETWORK, id, Interaction.Type.STAR)
              .actor(somebody)
              .targetKind(RecordKind.REPOSITORY)
              .targetId(text)
              .targetName(text)
              .text(text)
              .status(text)
              .build());
      records.add(
          new Tombstone(
              NETWORK, "gone-" + text, RecordKind.POST, text, NOON, Provenance.UNKNOWN, null));
    }
    return records;
  }

  /**
   * Returns a record as every place gives it back: with malformed text {@linkplain WellFormed made
   * well}.
   *
   * @param withRaw whether the place keeps the raw JSON
   */
  public static SocialRecord asStored(SocialRecord record, boolean withRaw) {
    RecordSchema schema = RecordSchema.of(record.recordKind());
    List<@Nullable Object> values = schema.values(record);
    Map<String, @Nullable Object> stored = new LinkedHashMap<>();
    for (int i = 0; i < values.size(); i++) {
      String column = schema.columns().get(i).name();
      stored.put(column, withRaw || !column.equals("raw") ? wellFormed(values.get(i)) : null);
    }
    return schema.record(stored);
  }

  private static @Nullable Object wellFormed(@Nullable Object value) {
    if (value instanceof String text) {
      return WellFormed.text(text);
    }
    if (value instanceof List<?> list) {
      List<@Nullable Object> elements = new ArrayList<>();
      list.forEach(element -> elements.add(wellFormed(element)));
      return elements;
    }
    if (value instanceof Map<?, ?> struct) {
      Map<Object, @Nullable Object> fields = new LinkedHashMap<>();
      struct.forEach((name, field) -> fields.put(name, wellFormed(field)));
      return fields;
    }
    return value;
  }
}
