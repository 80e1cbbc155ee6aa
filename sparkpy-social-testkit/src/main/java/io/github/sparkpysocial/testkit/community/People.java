package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.testkit.community.Rng.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Invents people: a colour and an animal make a name that no real person has, in the letters of
 * their language. The first are the best known.
 */
final class People {
  private static final List<String> COLOURS =
      List.of(
          "Amber", "Cobalt", "Crimson", "Indigo", "Ivory", "Jade", "Lilac", "Mauve", "Ochre",
          "Olive", "Pearl", "Plum", "Quartz", "Russet", "Saffron", "Scarlet", "Sepia", "Silver",
          "Teal", "Umber", "Velvet", "Walnut", "Copper", "Cloudy", "Dotted", "Humming", "Lunar",
          "Mellow", "Nimble", "Quiet", "Rapid", "Stellar", "Sunny", "Tidal", "Witty", "Zesty");
  private static final List<String> ANIMALS =
      List.of(
          "Otter",
          "Heron",
          "Lynx",
          "Marmot",
          "Ibex",
          "Puffin",
          "Badger",
          "Gecko",
          "Walrus",
          "Tapir",
          "Falcon",
          "Hedgehog",
          "Octopus",
          "Pangolin",
          "Quokka",
          "Raccoon",
          "Salmon",
          "Toucan",
          "Urchin",
          "Vole",
          "Wombat",
          "Yak",
          "Zebra",
          "Beaver",
          "Cricket",
          "Dolphin",
          "Egret",
          "Ferret",
          "Gibbon",
          "Hare",
          "Jackal",
          "Koala",
          "Lemur",
          "Moth",
          "Newt",
          "Panda");
  private static final Map<String, List<String>> FOREIGN_NAMES =
      Map.of(
          "ja",
          List.of("静かなカワウソ", "青いサギ", "陽気なパンダ", "銀色キツネ", "眠いフクロウ"),
          "ar",
          List.of("ثعلب الصحراء", "البومة الهادئة", "الحوت الأزرق", "غزال سريع"),
          "he",
          List.of("שועל סגול", "ינשוף שקט", "דולפין שמח"),
          "pt",
          List.of("Lontra Âmbar", "Garça Azul", "Raposa Lilás", "Coruja Índigo"),
          "de",
          List.of("Bernstein-Otter", "Blauer Reiher", "Flinker Dachs", "Stille Eule"),
          "fr",
          List.of("Loutre Ambrée", "Héron Bleu", "Renard Violet", "Écureuil Léger"),
          "es",
          List.of("Nutria Ámbar", "Garza Añil", "Búho Callado", "Zorro Níquel"));
  private static final List<String> HOSTILE_NAMES =
      List.of(
          "<b>Robert</b> Tables",
          "\"><svg onload=alert(3)>",
          "=HYPERLINK(\"http://x.example\")",
          "\u202Eesrever",
          "a\u2028b");
  private static final List<String> WORKPLACES =
      List.of(
          "Sparkling Labs",
          "Lantern Logistics",
          "Otterworks",
          "Cloudberry Freight",
          "Paper Lighthouse",
          "Marmot Energy",
          "Velvet Tickets",
          "Blue Teapot Games");
  private static final List<String> DREAMS =
      List.of("the cloud ☁️", "everywhere", "127.0.0.1", "Earth 🌍", "between two joins");

  private final long seed;
  private final Instant now;

  People(long seed, Instant now) {
    this.seed = seed;
    this.now = now;
  }

  List<Person> invent(int count, List<String> topics, Weights topicWeights) {
    Weights cities = Weights.of(City.ALL.size(), i -> City.ALL.get(i).weight());
    List<Person> people = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Rng rng = Rng.of(seed, Purpose.PERSON, i);
      City city = City.ALL.get(cities.at(rng.nextDouble()));
      String topic = topics.get(topicWeights.at(rng.nextDouble()));
      // Four of five outside the English-speaking countries write their own language.
      String language = rng.chance(0.8) ? city.language() : "en";
      people.add(person(i, rng, city, topic, language));
    }
    return people;
  }

  private Person person(int index, Rng rng, City city, String topic, String language) {
    // The first is on every network, so that the smallest community has one of each.
    boolean onX = index < 3 || rng.chance(0.9);
    boolean onGitHub = index < 3 || rng.chance(0.65);
    boolean onMeetup = index < 3 || rng.chance(0.55) || (!onX && !onGitHub);
    String colour = COLOURS.get(index * 7 % COLOURS.size());
    String animal = ANIMALS.get((index * 11 + index / COLOURS.size()) % ANIMALS.size());
    String serial = index < COLOURS.size() ? "" : Integer.toString(index);
    String name = colour + ' ' + animal;
    List<String> foreign = FOREIGN_NAMES.get(language);
    if (foreign != null && rng.chance(0.7)) {
      name = rng.pick(foreign);
    }
    if (rng.chance(0.012)) {
      name = rng.pick(HOSTILE_NAMES);
    }
    String lower = (colour + '_' + animal).toLowerCase(Locale.ROOT);
    List<Account> accounts = new ArrayList<>(3);
    if (onX) {
      String stem = lower.substring(0, Math.min(lower.length(), 15 - serial.length()));
      accounts.add(x(index, rng, city, topic, name, stem + serial));
    }
    if (onGitHub) {
      accounts.add(gitHub(index, rng, city, name, lower.replace('_', '-') + serial));
    }
    if (onMeetup) {
      accounts.add(meetup(index, rng, city, topic, name));
    }
    // With luck of their own, so that the accounts before stay what they were.
    Rng free = Rng.of(seed, Purpose.FREE_NETWORKS, index);
    if (index < 3 || free.chance(0.4)) {
      accounts.add(mastodon(index, free, topic, name, lower + serial));
    }
    if (index < 3 || free.chance(0.45)) {
      accounts.add(bluesky(index, free, topic, name, lower.replace('_', '-') + serial));
    }
    return new Person(
        "person-" + index, name, city.name(), city.countryCode(), language, topic, accounts);
  }

  private Account x(int index, Rng rng, City city, String topic, String name, String handle) {
    double fame = StrictMath.pow(index + 1.0, -0.8);
    return Account.builder(Network.X, Long.toString(xId(index, rng)))
        .handle(handle)
        .name(name)
        .description(description(rng, topic))
        .url("https://x.com/" + handle)
        .place(Place.named(rng.chance(0.12) ? rng.pick(DREAMS) : city.fullName()))
        .createdAt(before(rng, Duration.ofDays(120), Duration.ofDays(4500)))
        .followers((long) rng.logNormal(60_000 * fame, 0.7))
        .following((long) rng.logNormal(300, 0.9))
        .posts((long) rng.logNormal(9_000 * fame + 50, 0.8))
        .verified(rng.chance(0.05 + 0.6 * fame))
        .build();
  }

  private static long xId(int index, Rng rng) {
    return 1_400_000_000_000_000_000L + index * 1_000_000_007L + rng.nextInt(1_000_000);
  }

  private Account gitHub(int index, Rng rng, City city, String name, String login) {
    return Account.builder(Network.GITHUB, Long.toString(3_000_000L + 997L * index))
        .handle(login)
        .name(name)
        .url("https://github.com/" + login)
        .place(Place.named(city.fullName()))
        .createdAt(before(rng, Duration.ofDays(300), Duration.ofDays(4000)))
        .followers((long) rng.logNormal(2_000 * StrictMath.pow(index + 1.0, -0.7), 0.8))
        .following((long) rng.logNormal(20, 1))
        .bot(false)
        .build();
  }

  private Account meetup(int index, Rng rng, City city, String topic, String name) {
    String id = Long.toString(190_000_000L + 1_009L * index);
    return Account.builder(Network.MEETUP, id)
        .name(name)
        .description(description(rng, topic))
        .url("https://www.meetup.com/members/" + id)
        .place(
            new Place(
                city.centre(),
                Place.Precision.PROFILE,
                null,
                null,
                city.fullName(),
                city.countryCode()))
        .createdAt(before(rng, Duration.ofDays(200), Duration.ofDays(3600)))
        .build();
  }

  /** An account of Mastodon is known everywhere by its name and the instance it lives on. */
  private Account mastodon(int index, Rng rng, String topic, String name, String username) {
    String host = rng.chance(0.6) ? Community.INSTANCE : "lantern.example";
    double fame = StrictMath.pow(index + 1.0, -0.8);
    return Account.builder(Network.MASTODON, username + '@' + host)
        .handle(username + '@' + host)
        .name(name)
        .description(description(rng, topic))
        .url("https://" + host + "/@" + username)
        .createdAt(
            before(rng, Duration.ofDays(120), Duration.ofDays(3000)).truncatedTo(ChronoUnit.DAYS))
        .followers((long) rng.logNormal(8_000 * fame, 0.7))
        .following((long) rng.logNormal(250, 0.9))
        .posts((long) rng.logNormal(3_000 * fame + 30, 0.8))
        .bot(rng.chance(0.02))
        .build();
  }

  private Account bluesky(int index, Rng rng, String topic, String name, String handle) {
    StringBuilder did = new StringBuilder("did:plc:");
    for (int i = 0; i < 24; i++) {
      did.append("abcdefghijklmnopqrstuvwxyz234567".charAt(rng.nextInt(32)));
    }
    double fame = StrictMath.pow(index + 1.0, -0.8);
    return Account.builder(Network.BLUESKY, did.toString())
        .handle(handle + ".sparkling.example")
        .name(name)
        .description(description(rng, topic))
        .url("https://bsky.app/profile/" + did)
        .createdAt(before(rng, Duration.ofDays(60), Duration.ofDays(1_200)))
        .followers((long) rng.logNormal(12_000 * fame, 0.7))
        .following((long) rng.logNormal(400, 0.9))
        .posts((long) rng.logNormal(2_000 * fame + 40, 0.8))
        .verified(rng.chance(0.03 + 0.4 * fame))
        .build();
  }

  private static String description(Rng rng, String topic) {
    String what =
        switch (topic) {
          case "streaming" -> "Streams, windows and watermarks";
          case "machine-learning" -> "Teaching machines, learning from them";
          case "sql-performance" -> "Query plans for breakfast";
          case "meetups" -> "Organizer of evenings with data and pizza";
          default -> "Connecting data people and jobs";
        };
    return what + " at " + rng.pick(WORKPLACES) + ". Invented.";
  }

  private Instant before(Rng rng, Duration least, Duration most) {
    long seconds = least.toSeconds();
    long more = (long) (rng.nextDouble() * most.minus(least).toSeconds());
    return now.minusSeconds(seconds + more).truncatedTo(ChronoUnit.SECONDS);
  }
}
