package io.github.sparkpysocial.testkit.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.GraphQl.Entity;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The community as Meetup's graph. Sources: the introspection of gql-ext and recorded answers. */
final class MeetupGraph {
  private static final int DEFAULT_PAGE = 20;
  private static final DateTimeFormatter OFFSET_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

  private final Community community;
  private final GraphQl graphQl = new GraphQl(GraphQlSchema.load("meetup.graphqls"));
  private final Map<String, Group> groups = new HashMap<>();
  private final Map<String, Account> members = new HashMap<>();
  private final Map<String, Interaction> memberships = new HashMap<>();
  private final MeetupSearch search;

  MeetupGraph(Community community) {
    this.community = community;
    this.search = new MeetupSearch(community);
    for (Group group : community.groups()) {
      groups.put(group.id(), group);
      for (Interaction membership : community.membershipsOf(group.id())) {
        memberships.put(group.id() + '/' + membership.actor().id(), membership);
      }
    }
    for (Account account : community.accounts(Network.MEETUP)) {
      members.put(account.id(), account);
    }
  }

  GraphQl.Execution prepare(@Nullable JsonNode body) throws GraphQl.Invalid {
    return graphQl.prepare(body, query());
  }

  /** An entity whose fields are computed when asked for. */
  private record Lazy(
      String type, BiFunction<String, Map<String, @Nullable Object>, @Nullable Object> fields)
      implements Entity {
    @Override
    public @Nullable Object field(String name, Map<String, @Nullable Object> arguments) {
      return fields.apply(name, arguments);
    }
  }

  private static Entity entity(String type, Function<String, @Nullable Object> fields) {
    return new Lazy(type, (name, arguments) -> fields.apply(name));
  }

  private Entity query() {
    return new Lazy(
        "Query",
        (name, arguments) -> {
          String id = String.valueOf(arguments.get("id"));
          return switch (name) {
            case "groupByUrlname" -> {
              String urlname = String.valueOf(arguments.get("urlname"));
              yield groups.values().stream()
                  .filter(g -> urlname.equalsIgnoreCase(g.handle()))
                  .findFirst()
                  .map(this::group)
                  .orElse(null);
            }
            case "group" -> {
              Group group = groups.get(id);
              yield group == null ? null : group(group);
            }
            case "eventSearch" -> eventSearch(arguments);
            case "groupSearch" -> groupSearch(arguments);
            case "self" -> member(community.groups().get(0).organizer());
            default ->
                community.events().stream()
                    .filter(e -> e.id().equals(id))
                    .findFirst()
                    .map(this::event)
                    .orElse(null);
          };
        });
  }

  private Entity eventSearch(Map<String, @Nullable Object> arguments) {
    List<Event> found = search.events(arguments);
    return connection(
        "EventSearchConnection",
        "EventSearchEdge",
        found,
        arguments,
        event -> Integer.toString(found.indexOf(event) + 1),
        (event, name) -> name.equals("node") ? event(event) : null,
        name -> null);
  }

  private Entity groupSearch(Map<String, @Nullable Object> arguments) {
    List<Group> found = search.groups(arguments);
    return connection(
        "GroupSearchConnection",
        "GroupSearchEdge",
        found,
        arguments,
        group -> Integer.toString(found.indexOf(group) + 1),
        (group, name) -> name.equals("node") ? group(group) : null,
        name -> null);
  }

  private Entity groupsOf(AccountRef member, Map<String, @Nullable Object> arguments) {
    List<Interaction> found = new ArrayList<>();
    for (Group group : community.groups()) {
      Interaction membership = memberships.get(group.id() + '/' + member.id());
      if (membership != null) {
        found.add(membership);
      }
    }
    return connection(
        "MemberGroupConnection",
        "MemberGroupEdge",
        found,
        arguments,
        membership -> String.valueOf(membership.targetId()),
        (membership, name) ->
            name.equals("node")
                ? group(Objects.requireNonNull(groups.get(membership.targetId()), "Its own group"))
                : membership(membership),
        name -> null);
  }

  private Entity group(Group group) {
    return new Lazy(
        "Group",
        (name, arguments) -> {
          Place place = group.place();
          return switch (name) {
            case "id" -> group.id();
            case "name" -> group.name();
            case "urlname" -> group.handle();
            case "description" -> group.description();
            case "link" -> group.url();
            case "city" -> city(place);
            case "country" -> country(place);
            case "lat" -> latitude(place);
            case "lon" -> longitude(place);
            case "timezone" -> group.timezone();
            case "foundedDate" -> time(group.createdAt(), group.timezone());
            case "isPrivate" -> false;
            case "joinMode" -> "OPEN";
            case "status" -> "PAID";
            case "organizer" -> member(group.organizer());
            case "topicCategory" -> topic("TopicCategory", "546", "Technology");
            case "activeTopics" -> topics(group);
            case "stats" ->
                entity(
                    "GroupStats",
                    stat ->
                        stat.equals("memberCounts")
                            ? entity(
                                "GroupMemberCounts",
                                count ->
                                    switch (count) {
                                      case "all" -> group.members();
                                      case "leadership" -> leaders(group);
                                      default -> 0;
                                    })
                            : entity("GroupStatsEventRatings", rating -> 0));
            case "events" -> events(group, arguments);
            case "memberships" -> memberships(group, arguments);
            default -> null; // state, zip, photos and labels: nobody has filled them in
          };
        });
  }

  private static List<Entity> topics(Group group) {
    List<Entity> topics = new ArrayList<>();
    for (String topic : group.topics()) {
      topics.add(topic("Topic", Integer.toString(10_000 + topics.size()), topic));
    }
    return topics;
  }

  private static Entity topic(String type, String id, String topic) {
    return entity(
        type,
        name ->
            switch (name) {
              case "id" -> id;
              case "name" -> topic;
              default -> topic.toLowerCase(Locale.ROOT).replace(' ', '-');
            });
  }

  private long leaders(Group group) {
    return community.membershipsOf(group.id()).stream()
        .filter(m -> !"MEMBER".equals(m.status()))
        .count();
  }

  private Entity events(Group group, Map<String, @Nullable Object> arguments) {
    Map<?, ?> filter = arguments.get("filter") instanceof Map<?, ?> map ? map : Map.of();
    List<String> statuses = new ArrayList<>();
    if (filter.get("status") instanceof List<?> list) {
      list.forEach(status -> statuses.add(String.valueOf(status)));
    } else if (filter.get("status") != null) {
      statuses.add(String.valueOf(filter.get("status")));
    }
    if (arguments.get("status") != null) {
      statuses.add(String.valueOf(arguments.get("status")));
    }
    Instant after = instant(filter.get("afterDateTime"), Instant.MIN);
    Instant before = instant(filter.get("beforeDateTime"), Instant.MAX);
    List<Event> found = new ArrayList<>();
    for (Event event : community.events()) {
      Instant starts = Objects.requireNonNull(event.startsAt(), "The community dates events");
      if (group.id().equals(event.groupId())
          && (statuses.isEmpty() || statuses.contains(status(event)))
          && starts.isAfter(after)
          && starts.isBefore(before)
          && matches(filter.get("title"), event.title())
          && (filter.get("hostId") == null
              || event.hosts().stream()
                  .anyMatch(h -> String.valueOf(filter.get("hostId")).equals(h.id())))) {
        found.add(event);
      }
    }
    if ("DESC".equals(arguments.get("sort"))) {
      Collections.reverse(found);
    }
    return connection(
        "GroupEventConnection",
        "EventEdge",
        found,
        arguments,
        event ->
            event.id()
                + ':'
                + Objects.requireNonNull(event.startsAt(), "The community dates events")
                    .toEpochMilli(),
        (event, name) -> name.equals("node") ? event(event) : null,
        name -> null);
  }

  static boolean matches(@Nullable Object part, String whole) {
    return part == null
        || whole.toLowerCase(Locale.ROOT).contains(part.toString().toLowerCase(Locale.ROOT));
  }

  static Instant instant(@Nullable Object text, Instant absent) {
    try {
      return text == null ? absent : OffsetDateTime.parse(text.toString()).toInstant();
    } catch (DateTimeException e) {
      return absent;
    }
  }

  private Entity memberships(Group group, Map<String, @Nullable Object> arguments) {
    Map<?, ?> filter = arguments.get("filter") instanceof Map<?, ?> map ? map : Map.of();
    List<Interaction> found = new ArrayList<>();
    for (Interaction membership : community.membershipsOf(group.id())) {
      boolean leads = !"MEMBER".equals(membership.status());
      if (among(filter.get("status"), leads ? "LEADER" : "ACTIVE")
          && among(filter.get("memberIds"), String.valueOf(membership.actor().id()))
          && matches(filter.get("name"), String.valueOf(membership.actor().name()))) {
        found.add(membership);
      }
    }
    return connection(
        "GroupMemberConnection",
        "GroupMemberEdge",
        found,
        arguments,
        membership -> String.valueOf(membership.actor().id()),
        (membership, name) ->
            name.equals("node") ? member(membership.actor()) : membership(membership),
        name -> null);
  }

  private static boolean among(@Nullable Object wanted, String value) {
    if (wanted instanceof List<?> list) {
      return list.isEmpty() || list.stream().anyMatch(item -> value.equals(String.valueOf(item)));
    }
    return wanted == null || value.equals(wanted.toString());
  }

  private static Entity membership(Interaction membership) {
    return entity(
        "Membership",
        name ->
            switch (name) {
              case "joinTime", "lastAccessTime" -> time(membership.createdAt(), null);
              case "role" -> membership.status();
              case "status" -> "MEMBER".equals(membership.status()) ? "ACTIVE" : "LEADER";
              default -> null;
            });
  }

  private Entity event(Event event) {
    return new Lazy(
        "Event",
        (name, arguments) ->
            switch (name) {
              case "id" -> event.id();
              case "title" -> event.title();
              case "eventUrl" -> event.url();
              case "description" -> event.description();
              case "dateTime" -> event.startsAtText();
              case "endTime" -> time(event.endsAt(), event.timezone());
              case "duration" -> duration(event);
              case "createdTime" -> time(event.createdAt(), event.timezone());
              case "status" -> status(event);
              case "eventType" ->
                  String.valueOf(event.format() == null ? "PHYSICAL" : event.format());
              case "group" -> {
                Group group = groups.get(String.valueOf(event.groupId()));
                yield group == null ? null : group(group);
              }
              case "venues" -> venues(event);
              case "eventHosts" -> event.hosts().stream().map(this::host).toList();
              case "maxTickets" -> 0;
              case "guestLimit" -> 0;
              case "guestsAllowed", "isAttending" -> false;
              case "rsvps" -> rsvps(event, arguments);
              default -> null;
            });
  }

  private static String status(Event event) {
    return switch (event.status()) {
      case UPCOMING -> "ACTIVE";
      case PAST -> "PAST";
      case CANCELLED -> "CANCELLED";
      case DRAFT -> "DRAFT";
      case UNKNOWN -> "PENDING";
    };
  }

  private static @Nullable String duration(Event event) {
    return event.startsAt() == null || event.endsAt() == null
        ? null
        : Duration.between(event.startsAt(), event.endsAt()).toString();
  }

  private static List<Entity> venues(Event event) {
    Place place = event.place();
    if (place == null) {
      return List.of();
    }
    String address = event.address();
    int comma = address == null ? -1 : address.lastIndexOf(", ");
    return List.of(
        entity(
            "Venue",
            name ->
                switch (name) {
                  case "id" -> "26" + event.id();
                  case "name" -> place.name();
                  case "address" ->
                      address == null || comma < 0 ? address : address.substring(0, comma);
                  case "city" -> address == null || comma < 0 ? null : address.substring(comma + 2);
                  case "country" -> country(place);
                  case "lat" -> latitude(place);
                  case "lon" -> longitude(place);
                  default -> null;
                }));
  }

  private Entity host(AccountRef host) {
    return entity(
        "EventHost",
        name ->
            switch (name) {
              case "memberId" -> host.id();
              case "name" -> host.name();
              case "member" -> member(host);
              default -> null;
            });
  }

  private Entity rsvps(Event event, Map<String, @Nullable Object> arguments) {
    List<Interaction> all = community.rsvpsTo(event.id());
    Map<?, ?> filter = arguments.get("filter") instanceof Map<?, ?> map ? map : Map.of();
    List<Interaction> found = new ArrayList<>();
    for (Interaction answer : all) {
      if (among(filter.get("rsvpStatus"), String.valueOf(answer.status()))) {
        found.add(answer);
      }
    }
    if (arguments.get("sort") instanceof Map<?, ?> sort && "DESC".equals(sort.get("sortOrder"))) {
      Collections.reverse(found);
    }
    return connection(
        "RsvpConnection",
        "RsvpEdge",
        found,
        arguments,
        answer -> Integer.toString(found.indexOf(answer) + 1),
        (answer, name) -> rsvp(event, answer),
        name ->
            switch (name) {
              case "yesCount" -> count(all, "YES") + count(all, "ATTENDED");
              case "noCount" -> count(all, "NO");
              case "waitlistCount" -> count(all, "WAITLIST");
              case "attendedCount" -> count(all, "ATTENDED");
              case "noShowCount" -> count(all, "NO_SHOW");
              default -> 0;
            });
  }

  private static long count(List<Interaction> answers, String status) {
    return answers.stream().filter(answer -> status.equals(answer.status())).count();
  }

  private Entity rsvp(Event event, Interaction answer) {
    return entity(
        "Rsvp",
        name ->
            switch (name) {
              case "id" -> answer.id();
              case "status" -> answer.status();
              case "guestsCount" -> 0;
              case "isHost" -> event.hosts().stream().anyMatch(h -> sameId(h, answer.actor()));
              case "isFirstEvent" -> false;
              case "updated" -> time(answer.createdAt(), event.timezone());
              case "member" -> member(answer.actor());
              case "event" -> event(event);
              case "membership" -> {
                Interaction membership =
                    memberships.get(event.groupId() + "/" + answer.actor().id());
                yield membership == null ? null : membership(membership);
              }
              default -> null;
            });
  }

  private static boolean sameId(AccountRef one, AccountRef other) {
    return one.id() != null && one.id().equals(other.id());
  }

  private @Nullable Entity member(AccountRef ref) {
    Account account = members.get(String.valueOf(ref.id()));
    if (account == null) {
      return null;
    }
    long organized = community.groups().stream().filter(g -> sameId(g.organizer(), ref)).count();
    return new Lazy(
        "Member",
        (name, arguments) -> {
          Place place = account.place();
          return switch (name) {
            case "id" -> account.id();
            case "name" -> account.name();
            case "bio" -> account.description();
            case "city" -> city(place);
            case "country" -> country(place);
            case "lat" -> latitude(place);
            case "lon" -> longitude(place);
            case "memberUrl" -> account.url();
            case "startDate" -> time(account.createdAt(), null);
            case "status" -> "ACTIVE";
            case "isOrganizer", "isLeader" -> organized > 0;
            case "organizedGroupCount" -> organized;
            case "memberships" -> groupsOf(ref, arguments);
            default -> null;
          };
        });
  }

  /**
   * Returns one page of a list. As the real server sometimes does, the last full page says that
   * there is another one, which is then empty.
   */
  private static <T> Entity connection(
      String type,
      String edgeType,
      List<T> all,
      Map<String, @Nullable Object> arguments,
      Function<T, String> cursor,
      BiFunction<T, String, @Nullable Object> edge,
      Function<String, @Nullable Object> counts) {
    int first =
        arguments.get("first") instanceof Long number ? (int) Math.max(0, number) : DEFAULT_PAGE;
    Object after = arguments.get("after");
    int from = 0;
    if (after != null) {
      from = all.size();
      for (int i = 0; i < all.size(); i++) {
        if (encode(cursor.apply(all.get(i))).equals(after)) {
          from = i + 1;
          break;
        }
      }
    }
    List<T> page = all.subList(from, (int) Math.min((long) from + first, all.size()));
    boolean startsLater = from > 0;
    // A full page claims more, even if it is the last one.
    boolean more = !page.isEmpty() && page.size() == first;
    return entity(
        type,
        name ->
            switch (name) {
              case "totalCount" -> all.size();
              case "edges" ->
                  page.stream()
                      .map(
                          item ->
                              entity(
                                  edgeType,
                                  field ->
                                      field.equals("cursor")
                                          ? encode(cursor.apply(item))
                                          : edge.apply(item, field)))
                      .toList();
              case "pageInfo" ->
                  entity(
                      "PageInfo",
                      field ->
                          switch (field) {
                            case "hasNextPage" -> more;
                            case "hasPreviousPage" -> startsLater;
                            case "startCursor" ->
                                page.isEmpty() ? null : encode(cursor.apply(page.get(0)));
                            default ->
                                page.isEmpty()
                                    ? null
                                    : encode(cursor.apply(page.get(page.size() - 1)));
                          });
              default -> counts.apply(name);
            });
  }

  private static String encode(String cursor) {
    return Base64.getEncoder().encodeToString(cursor.getBytes(StandardCharsets.UTF_8));
  }

  private static @Nullable String city(@Nullable Place place) {
    String name = place == null ? null : place.name();
    int comma = name == null ? -1 : name.indexOf(", ");
    return name == null || comma < 0 ? name : name.substring(0, comma);
  }

  private static @Nullable String country(@Nullable Place place) {
    String code = place == null ? null : place.countryCode();
    return code == null ? null : code.toLowerCase(Locale.ROOT);
  }

  private static @Nullable Double latitude(@Nullable Place place) {
    return place == null || place.point() == null ? null : place.point().latitude();
  }

  private static @Nullable Double longitude(@Nullable Place place) {
    return place == null || place.point() == null ? null : place.point().longitude();
  }

  private static @Nullable String time(@Nullable Instant instant, @Nullable String zone) {
    return instant == null
        ? null
        : OFFSET_TIME.format(instant.atZone(zone == null ? ZoneOffset.UTC : ZoneId.of(zone)));
  }
}
