package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.testkit.community.Rng.Purpose;
import java.text.Normalizer;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The groups that meet, their members, events and who comes. */
final class MeetingPlaces {
  private static final List<String> FLAVOURS =
      List.of(
          "Sparkling Data", "Streams and Beers", "Query Plan Club", "Feature Friday", "Lake House");
  private static final List<String> TITLES =
      List.of(
          "Watermarks without tears",
          "An evening with query plans",
          "Lightning talks and pizza",
          "Features that do not leak",
          "Kafka, checkpoints and you",
          "From notebook to night job",
          "Hands-on: your first streaming query",
          "Joins, skew and other monsters",
          "Open mic for data people",
          "Clusters in an afternoon",
          "Hiring night: meet the teams",
          "Show & tell: <b>dashboards</b>");
  private static final List<String> VENUES =
      List.of("Lantern Hall", "Otterworks Loft", "The Teapot", "Paper Lighthouse", "Dock Seven");
  private static final DateTimeFormatter OFFSET_TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX", Locale.ROOT);

  private final long seed;
  private final Instant now;
  private final List<Person> people;
  private final List<Group> groups = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final Map<String, List<Interaction>> memberships = new HashMap<>();
  private final Map<String, List<Interaction>> rsvps = new HashMap<>();

  MeetingPlaces(long seed, Instant now, List<Person> people, int groupCount, int eventCount) {
    this.seed = seed;
    this.now = now;
    this.people = people.stream().filter(p -> p.on(Network.MEETUP).isPresent()).toList();
    Weights shares = Weights.zipf(groupCount, 0.6);
    long before = 0;
    for (int i = 0; i < groupCount; i++) {
      long upTo = Math.round(eventCount * shares.cumulativeShare(i));
      group(i, before, upTo);
      before = upTo;
    }
    groups.sort(
        Comparator.comparing((Group g) -> g.members() == null ? 0L : g.members())
            .reversed()
            .thenComparing(Group::id));
    events.sort(
        Comparator.comparing(
                Event::startsAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(Event::id));
  }

  List<Group> groups() {
    return List.copyOf(groups);
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<Interaction> memberships(String groupId) {
    return memberships.getOrDefault(groupId, List.of());
  }

  List<Interaction> rsvps(String eventId) {
    return rsvps.getOrDefault(eventId, List.of());
  }

  List<Interaction> hosts(Event event) {
    return event.hosts().stream()
        .map(
            host ->
                Interaction.builder(
                        Network.MEETUP,
                        "host/" + host.id() + '/' + event.id(),
                        Interaction.Type.HOST)
                    .actor(host)
                    .targetKind(RecordKind.EVENT)
                    .targetId(event.id())
                    .targetName(event.title())
                    .createdAt(event.startsAt())
                    .build())
        .toList();
  }

  Stream<Ranked> hostCounts() {
    Map<AccountRef, Long> counts = new LinkedHashMap<>();
    for (Event event : events) {
      for (AccountRef host : event.hosts()) {
        counts.merge(host, 1L, Long::sum);
      }
    }
    return counts.entrySet().stream().map(e -> new Ranked(e.getKey(), e.getValue()));
  }

  private void group(int index, long firstEvent, long endEvent) {
    Rng rng = Rng.of(seed, Purpose.GROUP, index);
    City city = City.ALL.get(index % City.ALL.size());
    int round = index / City.ALL.size();
    String flavour = FLAVOURS.get((index + round) % FLAVOURS.size());
    String name = flavour + ' ' + city.name() + (round == 0 ? "" : " " + (round + 1));
    String urlname =
        Normalizer.normalize(name, Normalizer.Form.NFD)
            .replaceAll("[^A-Za-z0-9 ]", "")
            .replace(' ', '-');
    String id = Long.toString(31_000_000L + 401L * index);
    Instant founded = now.minus(Duration.ofDays(700 + rng.nextInt(1500)));
    List<Person> members = new ArrayList<>();
    List<Interaction> joined = new ArrayList<>();
    // Those who live there come first, and lead.
    List<Integer> order = new ArrayList<>();
    for (int p = 0; p < people.size(); p++) {
      order.add(p);
    }
    order.sort(Comparator.comparing(p -> !people.get(p).city().equals(city.name())));
    for (int p : order) {
      Person person = people.get(p);
      Rng own = Rng.of(seed, Purpose.MEMBERSHIP, index * 1_000_003L + p);
      boolean leads = members.size() < 3;
      double likely = person.city().equals(city.name()) ? 0.9 : 0.35 / (index + 1);
      if (leads || own.chance(likely)) {
        long life = Duration.between(founded, now).toSeconds();
        Instant at = leads ? founded : founded.plusSeconds((long) (life * own.nextDouble()));
        String role = members.isEmpty() ? "ORGANIZER" : leads ? "COORGANIZER" : "MEMBER";
        members.add(person);
        AccountRef member = ref(person);
        joined.add(
            Interaction.builder(
                    Network.MEETUP,
                    "membership/" + member.id() + '/' + id,
                    Interaction.Type.MEMBERSHIP)
                .actor(member)
                .targetKind(RecordKind.GROUP)
                .targetId(id)
                .targetName(name)
                .createdAt(at.truncatedTo(ChronoUnit.SECONDS))
                .status(role)
                .build());
      }
    }
    joined.sort(
        Comparator.comparing(
            Interaction::createdAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder())));
    memberships.put(id, List.copyOf(joined));
    Group group =
        Group.builder(Network.MEETUP, id, name)
            .handle(urlname)
            .description("People of " + city.name() + " who work with data. Invented.")
            .url("https://www.meetup.com/" + urlname + '/')
            .organizer(ref(members.get(0)))
            .place(
                new Place(
                    city.centre(),
                    Place.Precision.PROFILE,
                    null,
                    null,
                    city.fullName(),
                    city.countryCode()))
            .timezone(city.timezone())
            .members((long) joined.size())
            .topics(List.of("Big Data", "Apache Spark", "Data Science"))
            .createdAt(founded)
            .build();
    groups.add(group);
    int count = (int) (endEvent - firstEvent);
    int upcoming = count == 0 ? 0 : Math.max(1, count / 5);
    for (int e = 0; e < count; e++) {
      // Months before now are negative; the last ones are to come.
      event(group, city, members, firstEvent + e, e - (count - upcoming));
    }
  }

  private void event(Group group, City city, List<Person> members, long index, int month) {
    Rng rng = Rng.of(seed, Purpose.EVENT, index);
    ZoneId zone = ZoneId.of(city.timezone());
    LocalDate today = now.atZone(zone).toLocalDate();
    DayOfWeek day = DayOfWeek.of(2 + rng.nextInt(3));
    // Never today: what is past and what is to come must not depend on the hour.
    LocalDate date =
        today.plusDays(month * 30L + 5 + rng.nextInt(14)).with(TemporalAdjusters.nextOrSame(day));
    if (month < 0) {
      date = today.plusDays(month * 30L + rng.nextInt(14)).with(TemporalAdjusters.previous(day));
    }
    ZonedDateTime starts = date.atTime(LocalTime.of(18 + rng.nextInt(2), 30)).atZone(zone);
    Duration length = Duration.ofMinutes(120 + 30L * rng.nextInt(3));
    Instant created = starts.toInstant().minus(Duration.ofDays(25 + rng.nextInt(40)));
    if (created.isAfter(now)) {
      created = now.minus(Duration.ofDays(1 + rng.nextInt(20))).truncatedTo(ChronoUnit.SECONDS);
    }
    boolean cancelled = rng.chance(0.05);
    boolean past = month < 0;
    Event.Format format =
        rng.chance(0.15)
            ? Event.Format.ONLINE
            : rng.chance(0.1) ? Event.Format.HYBRID : Event.Format.PHYSICAL;
    List<AccountRef> hosts = new ArrayList<>();
    // A few people do most of the work: hosts are drawn from the first members by Zipf's law.
    List<Person> leaders = members.subList(0, Math.min(8, members.size()));
    int hostCount = rng.chance(0.4) ? 2 : 1;
    while (hosts.size() < hostCount) {
      AccountRef host = ref(rng.pickByRank(leaders));
      if (!hosts.contains(host)) {
        hosts.add(host);
      } else if (leaders.size() == hosts.size()) {
        break;
      }
    }
    String title = rng.pickByRank(TITLES);
    String id = Long.toString(300_000_000L + 613L * index);
    List<Interaction> answers = answers(id, title, members, created, starts.toInstant(), past);
    rsvps.put(id, answers);
    long coming =
        answers.stream()
            .filter(a -> "YES".equals(a.status()) || "ATTENDED".equals(a.status()))
            .count();
    String venue = VENUES.get(rng.nextInt(VENUES.size()));
    boolean inTheWorld = format != Event.Format.ONLINE;
    Place spot = inTheWorld ? city.pointNear(rng) : null;
    Place place =
        spot == null
            ? null
            : new Place(spot.point(), Place.Precision.POINT, null, null, venue, city.countryCode());
    events.add(
        Event.builder(Network.MEETUP, id, title)
            .status(
                cancelled
                    ? Event.Status.CANCELLED
                    : past ? Event.Status.PAST : Event.Status.UPCOMING)
            .description("Doors open half an hour before. Everybody is welcome.")
            .format(format)
            .startsAt(starts.toInstant())
            .startsAtText(OFFSET_TIME.format(starts))
            .endsAt(starts.toInstant().plus(length))
            .timezone(city.timezone())
            .groupId(group.id())
            .groupName(group.name())
            .hosts(hosts)
            .place(place)
            .address(inTheWorld ? rng.between(1, 199) + " Example Street, " + city.name() : null)
            .attendees(coming)
            .createdAt(created)
            .url("https://www.meetup.com/" + group.handle() + "/events/" + id + '/')
            .build());
  }

  private List<Interaction> answers(
      String eventId,
      String title,
      List<Person> members,
      Instant announced,
      Instant starts,
      boolean past) {
    Rng size = Rng.of(seed, Purpose.RSVP, Long.parseLong(eventId));
    double appeal = Math.min(0.8, size.logNormal(0.22, 0.5));
    Instant last = past ? starts : now;
    long open = Math.max(1, Duration.between(announced, last).toSeconds());
    List<Interaction> answers = new ArrayList<>();
    for (int m = 0; m < members.size(); m++) {
      Rng rng = Rng.of(seed, Purpose.RSVP, Long.parseLong(eventId) * 1_000_003L + m);
      if (!rng.chance(appeal)) {
        continue;
      }
      double mood = rng.nextDouble();
      String answer =
          mood < 0.12
              ? "NO"
              : mood < 0.16
                  ? past ? "NO_SHOW" : "WAITLIST"
                  : past && mood < 0.4 ? "ATTENDED" : "YES";
      AccountRef member = ref(members.get(m));
      answers.add(
          Interaction.builder(
                  Network.MEETUP,
                  Long.toString(1_800_000_000L + answerId(eventId, m)),
                  Interaction.Type.RSVP)
              .actor(member)
              .targetKind(RecordKind.EVENT)
              .targetId(eventId)
              .targetName(title)
              .createdAt(announced.plusSeconds((long) (open * rng.nextDouble())))
              .status(answer)
              .build());
    }
    answers.sort(
        Comparator.comparing(
                Interaction::createdAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .thenComparing(Interaction::id));
    return List.copyOf(answers);
  }

  private static long answerId(String eventId, int member) {
    return (Long.parseLong(eventId) - 300_000_000L) * 10_000L + member;
  }

  private static AccountRef ref(Person person) {
    Account account = person.on(Network.MEETUP).orElseThrow();
    return new AccountRef(account.id(), null, account.name());
  }
}
