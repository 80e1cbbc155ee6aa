package io.github.sparkpysocial.model;

import static io.github.sparkpysocial.model.RecordSchema.ColumnType.BOOLEAN;
import static io.github.sparkpysocial.model.RecordSchema.ColumnType.DOUBLE;
import static io.github.sparkpysocial.model.RecordSchema.ColumnType.LONG;
import static io.github.sparkpysocial.model.RecordSchema.ColumnType.STRING;
import static io.github.sparkpysocial.model.RecordSchema.ColumnType.STRING_LIST;
import static io.github.sparkpysocial.model.RecordSchema.ColumnType.TIMESTAMP;

import io.github.sparkpysocial.model.RecordSchema.Column;
import io.github.sparkpysocial.model.RecordSchema.ColumnType;
import io.github.sparkpysocial.model.RecordSchema.Definition;
import io.github.sparkpysocial.model.RecordSchema.Values;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The columns of each kind of record, in the order in which people read them. */
final class SchemaDefinitions {
  private static final Column START =
      field("start", LONG, true, "The first code point, counted from 0.");
  private static final Column END = field("end", LONG, true, "The code point after the last.");

  private SchemaDefinitions() {}

  static List<RecordSchema> all() {
    return List.of(post(), account(), repository(), group(), event(), interaction(), tombstone());
  }

  static String wireName(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static RecordSchema post() {
    Definition<Post> d =
        new Definition<>(RecordKind.POST, Post.class)
            .required("kind", STRING, "original, reply, repost or quote.", p -> wireName(p.kind()))
            .required("text", STRING, "The whole text as its author wrote it.", Post::text)
            .optional("language", STRING, "BCP-47 tag given by the network.", Post::language)
            .optional("created_at", TIMESTAMP, "When it was published.", Post::createdAt)
            .optional(
                "created_at_text",
                STRING,
                "The same time as the network spelled it.",
                Post::createdAtText);
    account(d, "author", "its author", Post::author)
        .optional("in_reply_to_id", STRING, "The post it answers.", Post::inReplyToId)
        .optional(
            "in_reply_to_author_id",
            STRING,
            "The id of the account it answers.",
            Post::inReplyToAuthorId)
        .optional("repost_of_id", STRING, "The post it repeats.", Post::repostOfId)
        .optional(
            "repost_of_author_id",
            STRING,
            "The id of the account whose post it repeats.",
            Post::repostOfAuthorId)
        .optional("quote_of_id", STRING, "The post it quotes.", Post::quoteOfId)
        .optional(
            "conversation_id",
            STRING,
            "The post that started the conversation.",
            Post::conversationId)
        .structs(
            "hashtags",
            "The hashtags in the text.",
            List.of(field("text", STRING, true, "The hashtag without its sign."), START, END),
            p -> p.entities().hashtags(),
            (tag, m) -> {
              m.put("text", tag.text());
              m.put("start", (long) tag.start());
              m.put("end", (long) tag.end());
            })
        .structs(
            "mentions",
            "The accounts named in the text.",
            List.of(
                field("handle", STRING, true, "The handle without its sign."),
                field("id", STRING, false, "The id of the account."),
                START,
                END),
            p -> p.entities().mentions(),
            (mention, m) -> {
              m.put("handle", mention.handle());
              m.put("id", mention.id());
              m.put("start", (long) mention.start());
              m.put("end", (long) mention.end());
            })
        .structs(
            "urls",
            "The links in the text.",
            List.of(
                field("url", STRING, true, "The link as it stands in the text."),
                field("expanded_url", STRING, false, "Where it leads."),
                START,
                END),
            p -> p.entities().urls(),
            (url, m) -> {
              m.put("url", url.url());
              m.put("expanded_url", url.expandedUrl());
              m.put("start", (long) url.start());
              m.put("end", (long) url.end());
            })
        .structs(
            "cashtags",
            "The ticker symbols in the text.",
            List.of(field("text", STRING, true, "The symbol without its sign."), START, END),
            p -> p.entities().cashtags(),
            (tag, m) -> {
              m.put("text", tag.text());
              m.put("start", (long) tag.start());
              m.put("end", (long) tag.end());
            })
        .optional(
            "media_urls", STRING_LIST, "The pictures and videos shown with it.", Post::mediaUrls);
    place(d, Post::place)
        .optional("likes", LONG, "How many liked it.", p -> p.engagement().likes())
        .optional("reposts", LONG, "How many repeated it.", p -> p.engagement().reposts())
        .optional("replies", LONG, "How many answered it.", p -> p.engagement().replies())
        .optional("quotes", LONG, "How many quoted it.", p -> p.engagement().quotes())
        .optional("views", LONG, "How often it was shown.", p -> p.engagement().views())
        .optional("source", STRING, "The program that it was written with.", Post::source)
        .optional("url", STRING, "Where it can be read.", Post::url)
        .optional("sensitive", BOOLEAN, "Whether it is marked as sensitive.", Post::sensitive);
    return d.build(
        v ->
            Post.builder(network(v), v.requiredString("id"), v.requiredString("text"))
                .kind(orElse(v.constant("kind", Post.Kind.class), Post.Kind.ORIGINAL))
                .language(v.string("language"))
                .createdAt(v.instant("created_at"))
                .createdAtText(v.string("created_at_text"))
                .author(account(v, "author"))
                .inReplyToId(v.string("in_reply_to_id"))
                .inReplyToAuthorId(v.string("in_reply_to_author_id"))
                .repostOfId(v.string("repost_of_id"))
                .repostOfAuthorId(v.string("repost_of_author_id"))
                .quoteOfId(v.string("quote_of_id"))
                .conversationId(v.string("conversation_id"))
                .entities(entities(v))
                .mediaUrls(v.strings("media_urls"))
                .place(place(v))
                .engagement(
                    new Engagement(
                        v.longValue("likes"),
                        v.longValue("reposts"),
                        v.longValue("replies"),
                        v.longValue("quotes"),
                        v.longValue("views")))
                .source(v.string("source"))
                .url(v.string("url"))
                .sensitive(v.booleanValue("sensitive"))
                .provenance(provenance(v))
                .raw(v.string("raw"))
                .build());
  }

  private static RecordSchema account() {
    Definition<Account> d =
        new Definition<>(RecordKind.ACCOUNT, Account.class)
            .optional("handle", STRING, "What follows the @, without it.", Account::handle)
            .optional("name", STRING, "The display name.", Account::name)
            .optional("description", STRING, "What the profile says.", Account::description)
            .optional("url", STRING, "Where the profile can be read.", Account::url);
    place(d, Account::place)
        .optional("created_at", TIMESTAMP, "When it was opened.", Account::createdAt)
        .optional("followers", LONG, "How many follow it.", Account::followers)
        .optional("following", LONG, "How many it follows.", Account::following)
        .optional("posts", LONG, "How many posts it has.", Account::posts)
        .optional("verified", BOOLEAN, "Whether the network vouches for it.", Account::verified)
        .optional("bot", BOOLEAN, "Whether it says that it is a bot.", Account::bot);
    return d.build(
        v ->
            Account.builder(network(v), v.requiredString("id"))
                .handle(v.string("handle"))
                .name(v.string("name"))
                .description(v.string("description"))
                .url(v.string("url"))
                .place(place(v))
                .createdAt(v.instant("created_at"))
                .followers(v.longValue("followers"))
                .following(v.longValue("following"))
                .posts(v.longValue("posts"))
                .verified(v.booleanValue("verified"))
                .bot(v.booleanValue("bot"))
                .provenance(provenance(v))
                .raw(v.string("raw"))
                .build());
  }

  private static RecordSchema repository() {
    Definition<Repository> d =
        new Definition<>(RecordKind.REPOSITORY, Repository.class)
            .required("full_name", STRING, "Owner and name.", Repository::fullName);
    account(d, "owner", "its owner", Repository::owner)
        .optional("description", STRING, "What it says it is.", Repository::description)
        .optional("language", STRING, "The main programming language.", Repository::language)
        .structs(
            "languages",
            "All programming languages, biggest first.",
            List.of(
                field("name", STRING, true, "The language."),
                field("size_bytes", LONG, true, "The bytes of code in it.")),
            Repository::languages,
            (language, m) -> {
              m.put("name", language.name());
              m.put("size_bytes", language.sizeBytes());
            })
        .optional("topics", STRING_LIST, "The topics its owners gave it.", Repository::topics)
        .optional("stars", LONG, "How many starred it.", Repository::stars)
        .optional("forks", LONG, "How many forks it has.", Repository::forks)
        .optional("watchers", LONG, "How many are notified.", Repository::watchers)
        .optional("open_issues", LONG, "Open issues and pull requests.", Repository::openIssues)
        .optional("license", STRING, "The SPDX id of its licence.", Repository::license)
        .optional("default_branch", STRING, "The branch shown first.", Repository::defaultBranch)
        .optional("fork", BOOLEAN, "Whether it is a fork itself.", Repository::fork)
        .optional("archived", BOOLEAN, "Whether it is read-only.", Repository::archived)
        .optional("created_at", TIMESTAMP, "When it was made.", Repository::createdAt)
        .optional("updated_at", TIMESTAMP, "When it was last changed.", Repository::updatedAt)
        .optional("pushed_at", TIMESTAMP, "When code was last pushed.", Repository::pushedAt)
        .optional("url", STRING, "Where it can be seen.", Repository::url);
    return d.build(
        v ->
            Repository.builder(network(v), v.requiredString("id"), v.requiredString("full_name"))
                .owner(account(v, "owner"))
                .description(v.string("description"))
                .language(v.string("language"))
                .languages(
                    v.structs(
                        "languages",
                        s ->
                            new Repository.LanguageShare(
                                s.requiredString("name"), requiredLong(s, "size_bytes"))))
                .topics(v.strings("topics"))
                .stars(v.longValue("stars"))
                .forks(v.longValue("forks"))
                .watchers(v.longValue("watchers"))
                .openIssues(v.longValue("open_issues"))
                .license(v.string("license"))
                .defaultBranch(v.string("default_branch"))
                .fork(v.booleanValue("fork"))
                .archived(v.booleanValue("archived"))
                .createdAt(v.instant("created_at"))
                .updatedAt(v.instant("updated_at"))
                .pushedAt(v.instant("pushed_at"))
                .url(v.string("url"))
                .provenance(provenance(v))
                .raw(v.string("raw"))
                .build());
  }

  private static RecordSchema group() {
    Definition<Group> d =
        new Definition<>(RecordKind.GROUP, Group.class)
            .required("name", STRING, "Its name.", Group::name)
            .optional("handle", STRING, "Its name in URLs.", Group::handle)
            .optional("description", STRING, "What it says it is.", Group::description)
            .optional("url", STRING, "Where it can be seen.", Group::url);
    account(d, "organizer", "its organizer", Group::organizer);
    place(d, Group::place)
        .optional("timezone", STRING, "The IANA name of its time zone.", Group::timezone)
        .optional("members", LONG, "How many belong to it.", Group::members)
        .optional("topics", STRING_LIST, "What it is about.", Group::topics)
        .optional("created_at", TIMESTAMP, "When it was founded.", Group::createdAt);
    return d.build(
        v ->
            Group.builder(network(v), v.requiredString("id"), v.requiredString("name"))
                .handle(v.string("handle"))
                .description(v.string("description"))
                .url(v.string("url"))
                .organizer(account(v, "organizer"))
                .place(place(v))
                .timezone(v.string("timezone"))
                .members(v.longValue("members"))
                .topics(v.strings("topics"))
                .createdAt(v.instant("created_at"))
                .provenance(provenance(v))
                .raw(v.string("raw"))
                .build());
  }

  private static RecordSchema event() {
    Definition<Event> d =
        new Definition<>(RecordKind.EVENT, Event.class)
            .required("title", STRING, "Its title.", Event::title)
            .required(
                "status",
                STRING,
                "upcoming, past, cancelled, draft or unknown.",
                e -> wireName(e.status()))
            .optional("description", STRING, "What it says it is.", Event::description)
            .optional(
                "format", STRING, "physical, online or hybrid.", e -> wireNameOrNull(e.format()))
            .optional("starts_at", TIMESTAMP, "When it starts.", Event::startsAt)
            .optional(
                "starts_at_text",
                STRING,
                "The same time as the network spelled it.",
                Event::startsAtText)
            .optional("ends_at", TIMESTAMP, "When it ends.", Event::endsAt)
            .optional("timezone", STRING, "The IANA name of its time zone.", Event::timezone)
            .optional("group_id", STRING, "The group that holds it.", Event::groupId)
            .optional("group_name", STRING, "The name of that group.", Event::groupName)
            .structs(
                "hosts",
                "Who holds it.",
                List.of(
                    field("id", STRING, false, "The id of the account."),
                    field("handle", STRING, false, "The handle of the account."),
                    field("name", STRING, false, "The display name.")),
                Event::hosts,
                (host, m) -> {
                  m.put("id", host.id());
                  m.put("handle", host.handle());
                  m.put("name", host.name());
                });
    place(d, Event::place)
        .optional("address", STRING, "Street and city of the venue.", Event::address)
        .optional("attendees", LONG, "How many said that they come, or came.", Event::attendees)
        .optional("created_at", TIMESTAMP, "When it was announced.", Event::createdAt)
        .optional("url", STRING, "Where it can be seen.", Event::url);
    return d.build(
        v ->
            Event.builder(network(v), v.requiredString("id"), v.requiredString("title"))
                .status(orElse(v.constant("status", Event.Status.class), Event.Status.UNKNOWN))
                .description(v.string("description"))
                .format(v.constant("format", Event.Format.class))
                .startsAt(v.instant("starts_at"))
                .startsAtText(v.string("starts_at_text"))
                .endsAt(v.instant("ends_at"))
                .timezone(v.string("timezone"))
                .groupId(v.string("group_id"))
                .groupName(v.string("group_name"))
                .hosts(
                    v.structs(
                        "hosts",
                        s -> new AccountRef(s.string("id"), s.string("handle"), s.string("name"))))
                .place(place(v))
                .address(v.string("address"))
                .attendees(v.longValue("attendees"))
                .createdAt(v.instant("created_at"))
                .url(v.string("url"))
                .provenance(provenance(v))
                .raw(v.string("raw"))
                .build());
  }

  private static RecordSchema interaction() {
    Definition<Interaction> d =
        new Definition<>(RecordKind.INTERACTION, Interaction.class)
            .required(
                "type",
                STRING,
                "star, fork, commit, contribution, watch, rsvp, host, membership, reply, mention,"
                    + " repost, quote, like or follow.",
                i -> wireName(i.type()));
    account(d, "actor", "who did it", Interaction::actor)
        .optional(
            "target_kind",
            STRING,
            "The kind of record it was done to.",
            i -> wireNameOrNull(i.targetKind()))
        .optional("target_id", STRING, "The id of what it was done to.", Interaction::targetId)
        .optional("target_name", STRING, "Its name.", Interaction::targetName)
        .optional("created_at", TIMESTAMP, "When.", Interaction::createdAt)
        .optional("count", LONG, "How many times, for a contribution.", Interaction::count)
        .optional("status", STRING, "The answer to an invitation, or a role.", Interaction::status)
        .optional("text", STRING, "What was said with it.", Interaction::text)
        .optional("url", STRING, "Where it can be seen.", Interaction::url);
    return d.build(
        v -> {
          Interaction.Type type = v.constant("type", Interaction.Type.class);
          if (type == null) {
            v.requiredString("type");
            throw new AssertionError("unreachable");
          }
          return Interaction.builder(network(v), v.requiredString("id"), type)
              .actor(account(v, "actor"))
              .targetKind(v.constant("target_kind", RecordKind.class))
              .targetId(v.string("target_id"))
              .targetName(v.string("target_name"))
              .createdAt(v.instant("created_at"))
              .count(v.longValue("count"))
              .status(v.string("status"))
              .text(v.string("text"))
              .url(v.string("url"))
              .provenance(provenance(v))
              .raw(v.string("raw"))
              .build();
        });
  }

  private static RecordSchema tombstone() {
    return new Definition<>(RecordKind.TOMBSTONE, Tombstone.class)
        .required(
            "target_kind",
            STRING,
            "The kind of the deleted record.",
            t -> t.targetKind().wireName())
        .optional("author_id", STRING, "The account it belonged to.", Tombstone::authorId)
        .optional("deleted_at", TIMESTAMP, "When it was deleted.", Tombstone::deletedAt)
        .build(
            v ->
                new Tombstone(
                    network(v),
                    v.requiredString("id"),
                    orElse(v.constant("target_kind", RecordKind.class), RecordKind.POST),
                    v.string("author_id"),
                    v.instant("deleted_at"),
                    provenance(v),
                    v.string("raw")));
  }

  private static <R extends SocialRecord> Definition<R> account(
      Definition<R> d, String prefix, String whose, Function<R, AccountRef> getter) {
    return d.optional(prefix + "_id", STRING, "The id of " + whose + ".", r -> getter.apply(r).id())
        .optional(
            prefix + "_handle",
            STRING,
            "The handle of " + whose + ".",
            r -> getter.apply(r).handle())
        .optional(
            prefix + "_name",
            STRING,
            "The display name of " + whose + ".",
            r -> getter.apply(r).name());
  }

  private static AccountRef account(Values v, String prefix) {
    AccountRef account =
        new AccountRef(
            v.string(prefix + "_id"), v.string(prefix + "_handle"), v.string(prefix + "_name"));
    return account.equals(AccountRef.UNKNOWN) ? AccountRef.UNKNOWN : account;
  }

  private static <R extends SocialRecord> Definition<R> place(
      Definition<R> d, Function<R, @Nullable Place> place) {
    return d.optional("latitude", DOUBLE, "Degrees north.", onPoint(place, GeoPoint::latitude))
        .optional("longitude", DOUBLE, "Degrees east.", onPoint(place, GeoPoint::longitude))
        .optional(
            "geo_precision",
            STRING,
            "How the point was obtained: point, box or profile.",
            on(place, p -> wireName(p.precision())))
        .optional(
            "geo_south", DOUBLE, "South of the box.", onBox(place, b -> b.southWest().latitude()))
        .optional(
            "geo_west", DOUBLE, "West of the box.", onBox(place, b -> b.southWest().longitude()))
        .optional(
            "geo_north", DOUBLE, "North of the box.", onBox(place, b -> b.northEast().latitude()))
        .optional(
            "geo_east", DOUBLE, "East of the box.", onBox(place, b -> b.northEast().longitude()))
        .optional("place_id", STRING, "The network's id of the place.", on(place, Place::id))
        .optional("place_name", STRING, "What the place is called.", on(place, Place::name))
        .optional("country_code", STRING, "ISO 3166-1 alpha-2.", on(place, Place::countryCode));
  }

  private static @Nullable Place place(Values v) {
    GeoPoint point = point(v, "latitude", "longitude");
    GeoPoint southWest = point(v, "geo_south", "geo_west");
    GeoPoint northEast = point(v, "geo_north", "geo_east");
    if ((southWest == null) != (northEast == null)) {
      throw new IllegalArgumentException(
          "A box needs values in all of 'geo_south', 'geo_west', 'geo_north' and 'geo_east'");
    }
    GeoBox box = southWest != null && northEast != null ? new GeoBox(southWest, northEast) : null;
    String id = v.string("place_id");
    String name = v.string("place_name");
    String countryCode = v.string("country_code");
    Place.Precision precision = v.constant("geo_precision", Place.Precision.class);
    if (precision == null) {
      if (point == null && box == null && id == null && name == null && countryCode == null) {
        return null;
      }
      if (box != null) {
        precision = Place.Precision.BOX;
      } else {
        precision = point == null ? Place.Precision.PROFILE : Place.Precision.POINT;
      }
    }
    return new Place(point, precision, box, id, name, countryCode);
  }

  private static @Nullable GeoPoint point(Values v, String north, String east) {
    Double latitude = v.doubleValue(north);
    Double longitude = v.doubleValue(east);
    if ((latitude == null) != (longitude == null)) {
      throw new IllegalArgumentException(
          "A point needs values in both '" + north + "' and '" + east + "'");
    }
    return latitude != null && longitude != null ? new GeoPoint(latitude, longitude) : null;
  }

  private static <R> Function<R, @Nullable Object> on(
      Function<R, @Nullable Place> place, Function<Place, @Nullable Object> getter) {
    return r -> {
      Place p = place.apply(r);
      return p == null ? null : getter.apply(p);
    };
  }

  private static <R> Function<R, @Nullable Object> onPoint(
      Function<R, @Nullable Place> place, Function<GeoPoint, Object> getter) {
    return on(
        place,
        p -> {
          GeoPoint point = p.point();
          return point == null ? null : getter.apply(point);
        });
  }

  private static <R> Function<R, @Nullable Object> onBox(
      Function<R, @Nullable Place> place, Function<GeoBox, Object> getter) {
    return on(
        place,
        p -> {
          GeoBox box = p.box();
          return box == null ? null : getter.apply(box);
        });
  }

  private static Entities entities(Values v) {
    return new Entities(
        v.structs(
            "hashtags",
            s ->
                new Entities.Hashtag(
                    s.requiredString("text"), offset(s, "start"), offset(s, "end"))),
        v.structs(
            "mentions",
            s ->
                new Entities.Mention(
                    s.requiredString("handle"),
                    s.string("id"),
                    offset(s, "start"),
                    offset(s, "end"))),
        v.structs(
            "urls",
            s ->
                new Entities.Url(
                    s.requiredString("url"),
                    s.string("expanded_url"),
                    offset(s, "start"),
                    offset(s, "end"))),
        v.structs(
            "cashtags",
            s ->
                new Entities.Cashtag(
                    s.requiredString("text"), offset(s, "start"), offset(s, "end"))));
  }

  private static int offset(Values v, String column) {
    return Math.toIntExact(requiredLong(v, column));
  }

  private static long requiredLong(Values v, String column) {
    Long value = v.longValue(column);
    if (value == null) {
      throw new IllegalArgumentException("An element needs a whole number in '" + column + "'");
    }
    return value;
  }

  private static Network network(Values v) {
    return Network.of(v.requiredString("network"));
  }

  private static Provenance provenance(Values v) {
    Provenance provenance =
        new Provenance(v.string("source_uri"), v.instant("fetched_at"), v.string("tool"));
    return provenance.equals(Provenance.UNKNOWN) ? Provenance.UNKNOWN : provenance;
  }

  private static @Nullable String wireNameOrNull(@Nullable Enum<?> constant) {
    return constant == null ? null : wireName(constant);
  }

  private static <T> T orElse(@Nullable T value, T other) {
    return value == null ? other : value;
  }

  private static Column field(String name, ColumnType type, boolean required, String description) {
    return new Column(name, type, required, description, List.of());
  }
}
