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
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.model.Tombstone;
import java.time.Instant;
import java.util.List;

/** Records that use every column, and texts that break what is not made with care. */
public final class SampleRecords {
  private static final Instant NOON = Instant.parse("2026-11-01T12:00:00.250Z");

  private SampleRecords() {}

  /** Returns a short post. */
  public static Post post(String id, String text) {
    return Post.builder(Network.X, id, text).createdAt(NOON).build();
  }

  /** Returns the notice that a post of {@link #post} was deleted. */
  public static Tombstone deletionOf(String id) {
    return new Tombstone(
        Network.X, id, RecordKind.POST, "author-1", NOON, Provenance.UNKNOWN, null);
  }

  /** Returns a post with a value in every column. */
  public static Post fullPost(String id) {
    return Post.builder(Network.X, id, "Spark 🎉 meets #café at https://example.org @ada $ACME")
        .kind(Post.Kind.QUOTE)
        .language("en")
        .createdAt(NOON)
        .createdAtText("Sun Nov 01 12:00:00 +0000 2026")
        .author(new AccountRef("17", "ada", "Ada, \"the\" first"))
        .inReplyToId("9007199254740993")
        .inReplyToAuthorId("18")
        .repostOfId("41")
        .repostOfAuthorId("19")
        .quoteOfId("40")
        .conversationId("39")
        .entities(
            new Entities(
                List.of(new Entities.Hashtag("café", 14, 19)),
                List.of(
                    new Entities.Mention("ada", "17", 43, 47),
                    new Entities.Mention("bob", null, 47, 47)),
                List.of(
                    new Entities.Url("https://example.org", "https://example.org/?a=1,2", 23, 42)),
                List.of(new Entities.Cashtag("ACME", 48, 53))))
        .mediaUrls(List.of("https://example.org/a,b.jpg", "https://example.org/\"c\".png"))
        .place(
            new Place(
                new GeoPoint(38.7, -9.1),
                Place.Precision.BOX,
                new GeoBox(new GeoPoint(38.6, -9.2), new GeoPoint(38.8, -9.0)),
                "p1",
                "Lisbon; \"Lisboa\"",
                "PT"))
        .engagement(new Engagement(1L, 0L, null, 3L, 1L << 53))
        .source("")
        .url("https://example.org/p/1")
        .sensitive(false)
        .provenance(new Provenance("x:search?q=spark", NOON, "sparkpy-social test"))
        .raw("{\"id\":1,\"text\":\"a\\nb\",\"label\":\"x\"}")
        .build();
  }

  /** Returns one record of each kind, with no tombstone for another of them. */
  public static List<SocialRecord> ofEachKind() {
    return List.of(
        fullPost("1"),
        Account.builder(Network.GITHUB, "2")
            .handle("ada")
            .name("Ada")
            .description("Likes, commas\nand lines")
            .url("https://example.org/ada")
            .place(Place.named("Lisbon"))
            .createdAt(NOON)
            .followers(10L)
            .following(0L)
            .posts(7L)
            .verified(true)
            .bot(false)
            .build(),
        Repository.builder(Network.GITHUB, "3", "ada/engine")
            .owner(new AccountRef("2", "ada", null))
            .languages(
                List.of(
                    new Repository.LanguageShare("Java", 1_000L),
                    new Repository.LanguageShare("C#", 5L)))
            .topics(List.of("spark", "machine-learning"))
            .stars(5L)
            .license("Apache-2.0")
            .fork(false)
            .archived(false)
            .pushedAt(NOON)
            .build(),
        Group.builder(Network.MEETUP, "4", "Lisbon Data")
            .handle("lisbon-data")
            .organizer(new AccountRef("2", null, "Ada"))
            .timezone("Europe/Lisbon")
            .members(300L)
            .topics(List.of("data"))
            .build(),
        Event.builder(Network.MEETUP, "5", "Spark night")
            .status(Event.Status.PAST)
            .startsAt(NOON)
            .startsAtText("2026-11-01T12:00Z")
            .groupId("4")
            .hosts(List.of(new AccountRef("2", "ada", null), new AccountRef(null, null, "Bob")))
            .place(Place.at(new GeoPoint(0, -180)))
            .attendees(12L)
            .build(),
        Interaction.builder(Network.GITHUB, "6", Interaction.Type.STAR)
            .actor(new AccountRef("2", "ada", null))
            .targetKind(RecordKind.REPOSITORY)
            .targetId("3")
            .createdAt(NOON)
            .build(),
        deletionOf("gone"));
  }

  /**
   * Returns texts with quotes, separators, line ends, emoji, right-to-left script, control
   * characters and markup. All are well-formed.
   */
  public static List<String> hostileTexts() {
    return List.of(
        "",
        " ",
        "\"",
        "\"\"",
        "a\"b,c;d\te|f",
        "line\nline\r\nline\rend\n",
        "\\n is not a line, \\u0041 is not A",
        "{\"record\":\"post\"}",
        "'; DROP TABLE posts; --",
        "<script>alert('x')</script>&amp;amp;",
        "=cmd|' /C calc'!A0",
        "emoji 👩‍👩‍👧‍👦🏳️‍🌈🇵🇹 and 𝒻𝒶𝓃𝒸𝓎",
        "שלום עולם, مرحبا \u202Eabc\u202C",
        "line separators \u2028 and \u2029 and \u0085",
        "control \u0001\u0007\u001B[31m",
        "zero\u200Bwidth \uFEFF mark",
        "e\u0301 is not é",
        "$set.a.b $where",
        "null",
        "NaN",
        "x".repeat(100_000));
  }
}
