package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Engagement;
import io.github.sparkpysocial.model.Place;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.testkit.community.Rng.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes the post of any index, without those before it: a pure function of seed, sizes and index.
 * Posts are in the order of time, the oldest has index 0. Immutable and thread-safe.
 */
final class PostWriter {
  /** More would not fit into the milliseconds of a short time. */
  static final int MAX_POSTS = 100_000_000;

  private static final double REPLY_SHARE = 0.14;
  private static final double REPOST_SHARE = 0.12;
  private static final double QUOTE_SHARE = 0.05;
  private static final double NEAR_DUPLICATE_SHARE = 0.03;
  private static final double DELETED_SHARE = 0.012;
  private static final double HOT_SHARE = 0.05;
  private static final double HOSTILE_SHARE = 0.006;

  /** How many posts on another network tell again what their author wrote on X. */
  private static final double RETOLD_SHARE = 0.5;

  private static final int ATTEMPTS = 64;

  private static final String[] SOURCES = {
    "Sparkling Web", "Sparkling for Phones", "Lantern Desk", "Otter Scheduler"
  };

  private static final List<String> ENGINE_TAGS = List.of("ApacheSpark", "Spark", "PySpark");

  /** Texts that break a careless page, spreadsheet, log or file. */
  static final List<String> HOSTILE =
      List.of(
          "<script>alert('sparkling')</script>",
          "\"><img src=x onerror=alert(1)>",
          "=cmd|' /C calc'!A0",
          "line\u2028separator\u2029inside",
          "\u202Edesrever\u202C",
          "'; DROP TABLE posts; --",
          "</textarea><svg onload=alert(2)>",
          "tab\there, \"quotes\", back\\slash, comma,semicolon;",
          "{{constructor.constructor('alert(3)')()}} ${jndi:none}",
          "zero\u200Bwidth\u200Djoiner and a lone accent \u0301");

  private final Voice voice;
  private final @Nullable PostWriter elsewhere;
  private final long seed;
  private final int size;
  private final Weights topicWeights;
  private final List<String> topics;
  private final List<Weights> authorsByTopic;
  private final List<Account> accounts;
  private final List<Person> people;
  private final Map<String, Account> accountsByMention = new HashMap<>();
  private final Map<String, Integer> indexesByPerson = new HashMap<>();
  private final Map<String, City> cities = new HashMap<>();
  private final Map<String, Phrasebook> phrasebooks;
  private final Weights rhythm;
  private final Instant start;
  private final Duration slot;

  /**
   * @param elsewhere writes what some posts tell again, or {@code null}
   * @param people those who have an account on the network, the busiest first
   */
  PostWriter(
      Voice voice,
      @Nullable PostWriter elsewhere,
      long seed,
      int size,
      Instant now,
      Duration span,
      List<String> topics,
      Weights topicWeights,
      List<Person> people,
      Map<String, Phrasebook> phrasebooks) {
    this.voice = voice;
    this.elsewhere = elsewhere;
    this.seed = seed;
    this.size = size;
    this.topics = topics;
    this.topicWeights = topicWeights;
    this.people = people;
    this.phrasebooks = phrasebooks;
    this.accounts = people.stream().map(p -> p.on(voice.network()).orElseThrow()).toList();
    for (int i = 0; i < accounts.size(); i++) {
      accountsByMention.put(voice.mention(accounts.get(i)), accounts.get(i));
      indexesByPerson.put(people.get(i).id(), i);
    }
    for (City city : City.ALL) {
      cities.put(city.name(), city);
    }
    authorsByTopic = new ArrayList<>();
    for (String topic : topics) {
      authorsByTopic.add(
          Weights.of(
              people.size(),
              i ->
                  Weights.zipfWeight(i, 0.85) * (people.get(i).topic().equals(topic) ? 4.0 : 1.0)));
    }
    // A minute before now, so that the newest is not hidden by the search's delay of 30 seconds.
    Instant end = now.minusSeconds(60);
    this.start = end.minus(span);
    int slots = (int) Math.max(1, Math.min(20_000, span.toMinutes() / 15));
    this.slot = span.dividedBy(slots);
    this.rhythm = Weights.of(slots, i -> intensity(start.plus(slot.multipliedBy(i))));
  }

  /** How lively the community is: a daily and a weekly rhythm, as seen from UTC. */
  private static double intensity(Instant instant) {
    ZonedDateTime time = instant.atZone(ZoneOffset.UTC);
    double hour = time.getHour() + time.getMinute() / 60.0;
    double day = 1 + 0.8 * StrictMath.cos((hour - 16) / 24 * 2 * StrictMath.PI);
    double lunch = 0.5 * StrictMath.exp(-StrictMath.pow((hour - 9.5) / 1.5, 2));
    boolean weekend = time.getDayOfWeek().getValue() >= 6;
    return (day + lunch) * (weekend ? 0.45 : 1);
  }

  int size() {
    return size;
  }

  String topic(int index) {
    return topics.get(topicIndex(index));
  }

  private int topicIndex(int index) {
    int retold = retold(index);
    if (elsewhere != null && retold >= 0) {
      return elsewhere.topicIndex(retold);
    }
    return topicWeights.at(Rng.unit(seed, Purpose.TOPIC, index));
  }

  boolean isDeleted(int index) {
    return Rng.unit(seed, Purpose.DELETED, index) < DELETED_SHARE;
  }

  boolean isHostile(int index) {
    int retold = retold(index);
    if (elsewhere != null && retold >= 0) {
      return elsewhere.isHostile(retold);
    }
    return Rng.unit(seed, Purpose.DECORATION, index) < HOSTILE_SHARE;
  }

  int authorIndex(int index) {
    int retold = retold(index);
    if (elsewhere != null && retold >= 0) {
      return indexesByPerson.getOrDefault(elsewhere.person(retold).id(), 0);
    }
    return authorsByTopic.get(topicIndex(index)).at(Rng.unit(seed, Purpose.AUTHOR, index));
  }

  private Person person(int index) {
    return people.get(authorIndex(index));
  }

  /**
   * Returns the index of the post elsewhere that this one tells again, or -1 if it is a post of its
   * own. It was written at about the same time by the same person.
   */
  int retold(int index) {
    if (elsewhere == null || Rng.unit(seed, Purpose.RETOLD, index) >= RETOLD_SHARE) {
      return -1;
    }
    int other = (int) ((long) index * elsewhere.size / size);
    return elsewhere.intent(other) == Intent.ORIGINAL
            && !elsewhere.isDeleted(other)
            && indexesByPerson.containsKey(elsewhere.person(other).id())
        ? other
        : -1;
  }

  Account author(int index) {
    return accounts.get(authorIndex(index));
  }

  Instant createdAt(int index) {
    double unit = (index + 0.1 + 0.8 * Rng.unit(seed, Purpose.TIME, index)) / size;
    double slots = rhythm.positionAt(unit);
    return start
        .plus(slot.multipliedBy((long) slots))
        .plusNanos((long) (slot.toNanos() * (slots - StrictMath.floor(slots))))
        .truncatedTo(ChronoUnit.MILLIS);
  }

  String id(int index) {
    boolean repost = voice.tellsReposts() && intent(index) == Intent.REPOST && target(index) >= 0;
    return voice.id(author(index), repost, createdAt(index), index);
  }

  /** Returns the index of an id, or -1 if no post has it. */
  int indexOf(String id) {
    OptionalLong millis = voice.writtenMillis(id);
    if (millis.isEmpty()) {
      return -1;
    }
    Instant written = Instant.ofEpochMilli(millis.getAsLong());
    for (int index = writtenBefore(written);
        index < size && !createdAt(index).isAfter(written);
        index++) {
      if (id(index).equals(id)) {
        return index;
      }
    }
    return -1;
  }

  /** Returns how many posts were written before an instant. */
  int writtenBefore(Instant instant) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (createdAt(middle).isBefore(instant)) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What a post is meant to be; it stands alone when nothing is found that it could refer to. */
  private enum Intent {
    ORIGINAL,
    REPLY,
    REPOST,
    QUOTE,
    NEAR_DUPLICATE
  }

  private Intent intent(int index) {
    if (retold(index) >= 0) {
      return Intent.ORIGINAL;
    }
    double unit = Rng.unit(seed, Purpose.KIND, index);
    if (unit < REPLY_SHARE) {
      return Intent.REPLY;
    }
    if (unit < REPLY_SHARE + REPOST_SHARE) {
      return Intent.REPOST;
    }
    if (unit < REPLY_SHARE + REPOST_SHARE + QUOTE_SHARE) {
      return Intent.QUOTE;
    }
    return unit < REPLY_SHARE + REPOST_SHARE + QUOTE_SHARE + NEAR_DUPLICATE_SHARE
        ? Intent.NEAR_DUPLICATE
        : Intent.ORIGINAL;
  }

  /**
   * Returns the earlier post that this one refers to, or -1. The target is on the same topic and by
   * somebody else; one in twenty posts is hot and drawn far more often than the others.
   */
  private int target(int index) {
    Intent intent = intent(index);
    if (intent == Intent.ORIGINAL) {
      return -1;
    }
    Rng rng = Rng.of(seed, Purpose.TARGET, index);
    int topic = topicIndex(index);
    int author = authorIndex(index);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int gap = 1 + (int) (-60 * StrictMath.log(1 - rng.nextDouble()));
      double luck = rng.nextDouble();
      int candidate = index - gap;
      if (candidate < 0 || topicIndex(candidate) != topic || authorIndex(candidate) == author) {
        continue;
      }
      Intent candidates = intent(candidate);
      boolean fits =
          candidates == Intent.ORIGINAL
              || (intent == Intent.REPLY && candidates == Intent.REPLY)
              || (intent == Intent.REPLY && candidates == Intent.QUOTE);
      // A repost goes with its original; a reply to a deleted post stays, as on the network.
      boolean there = intent == Intent.REPLY || !isDeleted(candidate);
      if (fits && there && (isHot(candidate) || luck < 0.12)) {
        return candidate;
      }
    }
    return -1;
  }

  private boolean isHot(int index) {
    return Rng.unit(seed, Purpose.HOT, index) < HOT_SHARE;
  }

  /** Returns what the post is, which for a near duplicate is {@code ORIGINAL}. */
  Post.Kind kind(int index) {
    Intent intent = intent(index);
    if (intent == Intent.ORIGINAL || intent == Intent.NEAR_DUPLICATE || target(index) < 0) {
      return Post.Kind.ORIGINAL;
    }
    return Post.Kind.valueOf(intent.name());
  }

  /** Returns the index of the post whose text this one repeats with small changes, or -1. */
  int nearDuplicateOf(int index) {
    return intent(index) == Intent.NEAR_DUPLICATE ? target(index) : -1;
  }

  Post write(int index) {
    Intent intent = intent(index);
    int target = target(index);
    if (target < 0) {
      intent = Intent.ORIGINAL;
    }
    if (intent == Intent.REPOST) {
      return repost(index, target);
    }
    Person person = people.get(authorIndex(index));
    String text = text(index, intent, target);
    Post.Builder post = start(index, text, false).language(language(index, person));
    if (voice.tellsSurroundings()) {
      post.place(place(index, person));
    }
    if (voice.tellsConversation()) {
      post.conversationId(id(conversation(index)));
    }
    switch (intent) {
      case REPLY ->
          post.kind(Post.Kind.REPLY).inReplyToId(id(target)).inReplyToAuthorId(author(target).id());
      case QUOTE -> post.kind(Post.Kind.QUOTE).quoteOfId(id(target));
      default -> post.kind(Post.Kind.ORIGINAL);
    }
    return post.entities(
            EntityScanner.scan(text, voice.link(), accountsByMention, voice.linksAnyName()))
        .build();
  }

  private Post repost(int index, int target) {
    Post original = write(target);
    Post.Builder post = start(index, original.text(), true);
    if (voice.url(author(index), id(index), true) == null) {
      post.url(original.url());
    }
    return post.kind(Post.Kind.REPOST)
        .language(original.language())
        .repostOfId(original.id())
        .repostOfAuthorId(original.author().id())
        .conversationId(voice.tellsConversation() ? id(index) : null)
        .entities(original.entities())
        .engagement(
            new Engagement(
                0L,
                original.engagement().reposts(),
                0L,
                0L,
                original.engagement().views() == null ? null : 0L))
        .build();
  }

  private Post.Builder start(int index, String text, boolean repost) {
    Account author = author(index);
    Instant createdAt = createdAt(index);
    String id = voice.id(author, repost, createdAt, index);
    Rng rng = Rng.of(seed, Purpose.ENGAGEMENT, index);
    double fame = StrictMath.pow(authorIndex(index) + 2.0, -0.4) * (isHot(index) ? 12 : 1);
    long likes = (long) rng.logNormal(9 * fame, 1.1);
    long reposts = (long) rng.logNormal(1 + 0.2 * likes, 0.5);
    long replies = (long) rng.logNormal(0.6 + 0.1 * likes, 0.6);
    long quotes = (long) rng.logNormal(0.2 + 0.05 * likes, 0.6);
    long views = (long) rng.logNormal(150 + 40.0 * likes, 0.5);
    String source = SOURCES[rng.nextInt(SOURCES.length)];
    return Post.builder(voice.network(), id, text)
        .createdAt(createdAt)
        .createdAtText(XTimes.format(createdAt))
        .author(Person.ref(author))
        .engagement(
            new Engagement(
                likes, reposts, replies, quotes, voice.tellsSurroundings() ? views : null))
        .source(voice.tellsSurroundings() ? source : null)
        .sensitive(rng.chance(0.004))
        .url(voice.url(author, id, repost));
  }

  private int conversation(int index) {
    int root = index;
    while (intent(root) == Intent.REPLY) {
      int target = target(root);
      if (target < 0) {
        break;
      }
      root = target;
    }
    return root;
  }

  /** Most people write their own language; in it they answer and quote, too. */
  private String language(int index, Person person) {
    int retold = retold(index);
    if (elsewhere != null && retold >= 0) {
      return elsewhere.language(retold, person);
    }
    int near = nearDuplicateOf(index);
    if (near >= 0) {
      return language(near, people.get(authorIndex(near)));
    }
    String own = person.language();
    return Rng.unit(seed, Purpose.LANGUAGE, index) < 0.85 ? own : "en";
  }

  private @Nullable Place place(int index, Person person) {
    Rng rng = Rng.of(seed, Purpose.PLACE, index);
    double unit = rng.nextDouble();
    City city = cities.get(person.city());
    if (city == null || unit > 0.24) {
      return null;
    }
    City where = rng.chance(0.1) ? rng.pick(City.ALL) : city; // people travel
    return unit < 0.08 ? where.pointNear(rng) : where.box();
  }

  private String text(int index, Intent intent, int target) {
    int retold = retold(index);
    if (elsewhere != null && retold >= 0) {
      return retold(elsewhere.text(retold, Intent.ORIGINAL, -1));
    }
    if (intent == Intent.NEAR_DUPLICATE) {
      return nearlyTheSame(text(target, Intent.ORIGINAL, -1), index);
    }
    Person person = people.get(authorIndex(index));
    Rng rng = Rng.of(seed, Purpose.TEXT, index);
    Phrasebook book = phrasebook(language(index, person));
    String topic = topic(index);
    StringBuilder text = new StringBuilder(200);
    if (intent == Intent.REPLY) {
      text.append('@').append(voice.mention(author(target))).append(' ');
      text.append(book.phrase(topic, "reply", rng)).append(": ");
    }
    text.append(book.sentence(topic, rng, slot -> special(slot, rng)));
    if (rng.chance(0.015) && voice.longest() > 450) {
      // A long post: the network shows the first 280 characters and keeps the rest beside.
      while (text.length() < 320) {
        text.append(". ").append(book.sentence(topic, rng, slot -> special(slot, rng)));
      }
    }
    if (isHostile(index)) {
      String hostile = HOSTILE.get(rng.nextInt(HOSTILE.size()));
      if (hostile.startsWith("=") && intent != Intent.REPLY) {
        text.insert(0, hostile + ' ');
      } else {
        text.append(' ').append(hostile);
      }
    }
    if (intent != Intent.REPLY && rng.chance(0.07)) {
      text.append(" /cc @").append(mention(rng));
    }
    hashtags(text, book, topic, rng);
    if (intent == Intent.ORIGINAL && rng.chance(0.22)) {
      text.append(' ').append(EntityScanner.link(voice.link(), rng));
    }
    return text.toString();
  }

  /** Returns a text of X as it is told here: its links are not shortened, and it has to fit. */
  private String retold(String text) {
    String told = text.replace(EntityScanner.SHORT, voice.link());
    if (told.length() <= voice.longest()) {
      return told;
    }
    int blank = told.lastIndexOf(' ', voice.longest() - 2);
    return told.substring(0, blank) + " …";
  }

  private String mention(Rng rng) {
    return voice.mention(accounts.get(popular(rng)));
  }

  private int popular(Rng rng) {
    return Math.min(accounts.size() - 1, (int) StrictMath.pow(accounts.size(), rng.nextDouble()));
  }

  private static void hashtags(StringBuilder text, Phrasebook book, String topic, Rng rng) {
    Set<String> used = new LinkedHashSet<>();
    if (rng.chance(0.3)) {
      used.add(rng.pickByRank(ENGINE_TAGS));
    }
    int more = rng.chance(0.75) ? rng.chance(0.25) ? 2 : 1 : 0;
    for (int i = 0; i < more; i++) {
      used.add(book.phrase(topic, "tag", rng));
    }
    if (!mentionsSpark(text) && used.stream().noneMatch(tag -> tag.endsWith("park"))) {
      used.add(rng.pickByRank(ENGINE_TAGS)); // what everybody here can be found by
    }
    for (String tag : used) {
      text.append(" #").append(tag);
    }
  }

  private static boolean mentionsSpark(StringBuilder text) {
    return (' ' + text.toString().toLowerCase(Locale.ROOT) + ' ').contains(" spark ");
  }

  /** Copies a text as people do who repost by hand: another link, a sign more, a word before. */
  private String nearlyTheSame(String original, int index) {
    Rng rng = Rng.of(seed, Purpose.TEXT, index);
    int link = original.lastIndexOf(' ' + voice.link());
    String text = link < 0 ? original : original.substring(0, link);
    return switch (rng.nextInt(4)) {
      case 0 -> text + ' ' + EntityScanner.link(voice.link(), rng);
      case 1 -> text + " 👀";
      case 2 -> "ICYMI: " + text;
      default -> text + " via @" + mention(rng);
    };
  }

  private @Nullable String special(String slot, Rng rng) {
    if (slot.equals("mention")) {
      return "@" + mention(rng);
    }
    return slot.equals("url") ? EntityScanner.link(voice.link(), rng) : null;
  }

  private Phrasebook phrasebook(String language) {
    Phrasebook book = phrasebooks.get(language);
    if (book == null) {
      throw new IllegalStateException("No phrases in " + language);
    }
    return book;
  }
}
