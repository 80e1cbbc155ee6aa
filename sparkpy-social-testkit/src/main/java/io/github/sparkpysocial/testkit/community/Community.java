package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.Account;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Provenance;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.Tombstone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An invented community around a data engine: people with accounts on several networks, what they
 * post, the repositories they write, the groups they meet in. Everything about it is known, so a
 * harvest, a clustering or a chart can be checked against the truth.
 *
 * <pre>{@code
 * Community community = Community.builder().seed(42).posts(2_000).build();
 * String topic = community.topicOf(postId);
 * List<Ranked> busiest = community.topAuthors(10);
 * }</pre>
 *
 * <p>The same seed and sizes give the same community, byte for byte, whatever the locale, time zone
 * or JVM. It lives at a fixed instant, {@link #now()}. Records are what a perfect client would
 * return, without provenance and raw JSON. Names, handles and organisations are invented; cities
 * are real. Some texts and names are hostile on purpose: markup, formulas, control characters.
 *
 * <p>Posts are made when they are read, each by itself: a community of a million posts needs no
 * more memory than one of a thousand. The rest is held in memory. Immutable and thread-safe.
 */
public final class Community {
  /** The organisation on GitHub that owns the community's repositories. */
  public static final String ORGANIZATION = "sparkling-labs";

  /** The Mastodon instance that the sandbox plays, where most accounts on Mastodon live. */
  public static final String INSTANCE = "sparkling.example";

  /** The topics, the most frequent first, with their shares. */
  private static final Map<String, Double> TOPIC_SHARES = new LinkedHashMap<>();

  static {
    TOPIC_SHARES.put("streaming", 0.28);
    TOPIC_SHARES.put("machine-learning", 0.24);
    TOPIC_SHARES.put("sql-performance", 0.21);
    TOPIC_SHARES.put("meetups", 0.15);
    TOPIC_SHARES.put("jobs", 0.12);
  }

  private static final List<String> TOPICS = List.copyOf(TOPIC_SHARES.keySet());

  private final long seed;
  private final Instant now;
  private final List<Person> people;
  private final List<Account> accounts;
  private final Map<String, Person> personByAccount = new HashMap<>();
  private final PostWriter posts;
  private final Map<Network, PostWriter> elsewhere;
  private final CodeForge forge;
  private final MeetingPlaces meetings;

  private Community(Builder builder) {
    this.seed = builder.seed;
    this.now = builder.now;
    Weights topicWeights = Weights.of(TOPICS.size(), i -> shareOf(TOPICS.get(i)));
    this.people = List.copyOf(new People(seed, now).invent(builder.people, TOPICS, topicWeights));
    List<Account> all = new ArrayList<>();
    for (Person person : people) {
      for (Account account : person.accounts()) {
        all.add(account);
        personByAccount.put(account.key().toString(), person);
      }
    }
    this.accounts = List.copyOf(all);
    Map<String, Phrasebook> phrasebooks = phrasebooks();
    this.posts = writer(new XVoice(), null, builder, builder.posts, topicWeights, phrasebooks());
    this.elsewhere =
        Map.of(
            Network.MASTODON,
            writer(
                new MastodonVoice(),
                posts,
                builder,
                builder.mastodonPosts < 0 ? builder.posts * 2 / 5 : builder.mastodonPosts,
                topicWeights,
                phrasebooks),
            Network.BLUESKY,
            writer(
                new BlueskyVoice(),
                posts,
                builder,
                builder.blueskyPosts < 0 ? builder.posts / 2 : builder.blueskyPosts,
                topicWeights,
                phrasebooks));
    this.forge = new CodeForge(seed, now, people, builder.repositories, builder.commits);
    this.meetings = new MeetingPlaces(seed, now, people, builder.groups, builder.events);
  }

  private PostWriter writer(
      Voice voice,
      @Nullable PostWriter retold,
      Builder builder,
      int size,
      Weights topicWeights,
      Map<String, Phrasebook> phrasebooks) {
    return new PostWriter(
        voice,
        retold,
        retold == null ? seed : seed * 31 + voice.network().name().hashCode(),
        size,
        now,
        builder.postSpan,
        TOPICS,
        topicWeights,
        people.stream().filter(p -> p.on(voice.network()).isPresent()).toList(),
        phrasebooks);
  }

  private static double shareOf(String topic) {
    return TOPIC_SHARES.getOrDefault(topic, 0.0);
  }

  private static Map<String, Phrasebook> phrasebooks() {
    Phrasebook english = Phrasebook.load("en", null);
    Map<String, Phrasebook> books = new HashMap<>();
    books.put("en", english);
    for (City city : City.ALL) {
      books.computeIfAbsent(city.language(), language -> Phrasebook.load(language, english));
    }
    return books;
  }

  /** Returns a builder; without a setting it makes 2,000 posts of 600 people with seed 42. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the seed it was made from. */
  public long seed() {
    return seed;
  }

  /** Returns the instant it lives at: what is before is past, what is after is to come. */
  public Instant now() {
    return now;
  }

  // Posts

  private PostWriter writer(Network network) {
    PostWriter writer = network.equals(Network.X) ? posts : elsewhere.get(network);
    if (writer == null) {
      throw new IllegalArgumentException("Nobody posts on " + network + " in this community");
    }
    return writer;
  }

  /**
   * Returns the posts on X that are there now, oldest first, without those deleted. Each is made
   * when the stream reaches it.
   */
  public Stream<Post> posts() {
    return posts(Network.X);
  }

  /**
   * Returns the posts on a network that are there now, oldest first, without those deleted. Each is
   * made when the stream reaches it. Some of those on Mastodon and Bluesky tell again what their
   * author wrote on X.
   *
   * @throws IllegalArgumentException if it is none of X, Mastodon and Bluesky
   */
  public Stream<Post> posts(Network network) {
    PostWriter writer = writer(network);
    return IntStream.range(0, writer.size())
        .filter(index -> !writer.isDeleted(index))
        .mapToObj(writer::write);
  }

  /** Returns how many posts were ever written on X, with those deleted since. */
  public int writtenPosts() {
    return writtenPosts(Network.X);
  }

  /**
   * Returns how many posts were ever written on a network, with those deleted since.
   *
   * @throws IllegalArgumentException if it is none of X, Mastodon and Bluesky
   */
  public int writtenPosts(Network network) {
    return writer(network).size();
  }

  /**
   * Returns the post on X written at a place in the order of time, also if it was deleted since.
   *
   * @param index from 0, the oldest, to one less than {@link #writtenPosts()}
   */
  public Post postAt(int index) {
    return postAt(Network.X, index);
  }

  /**
   * Returns the post on a network written at a place in the order of time, also if it was deleted
   * since.
   *
   * @param index from 0, the oldest, to one less than {@link #writtenPosts(Network)}
   * @throws IllegalArgumentException if the network is none of X, Mastodon and Bluesky
   */
  public Post postAt(Network network, int index) {
    PostWriter writer = writer(network);
    return writer.write(Objects.checkIndex(index, writer.size()));
  }

  /** Returns the place of a post in the order of time on its network, or -1 if it is none. */
  public int indexOf(Network network, String postId) {
    return writer(network).indexOf(postId);
  }

  /** Returns how many posts were written on a network before an instant. */
  public int writtenBefore(Network network, Instant instant) {
    return writer(network).writtenBefore(instant);
  }

  /** A post by the network that knows its id. */
  private record Written(PostWriter writer, int index) {
    boolean isDeleted() {
      return writer.isDeleted(index);
    }
  }

  private Optional<Written> written(String postId) {
    PostWriter writer =
        postId.startsWith("at:")
            ? writer(Network.BLUESKY)
            : postId.indexOf('/') > 0 ? writer(Network.MASTODON) : posts;
    int index = writer.indexOf(postId);
    return index < 0 ? Optional.empty() : Optional.of(new Written(writer, index));
  }

  private Written known(String postId) {
    return written(postId)
        .orElseThrow(
            () -> new IllegalArgumentException("No post of this community has the id " + postId));
  }

  /** Returns the post with this id, or nothing if there is none or it was deleted. */
  public Optional<Post> post(String id) {
    return written(id)
        .filter(post -> !post.isDeleted())
        .map(post -> post.writer().write(post.index()));
  }

  /** Returns whether this was the id of a post that has been deleted. */
  public boolean isDeleted(String postId) {
    return written(postId).map(Written::isDeleted).orElse(false);
  }

  /** Returns the ids of the posts on X that were deleted, oldest post first. */
  public Set<String> deletedPostIds() {
    return deletedPostIds(Network.X);
  }

  /**
   * Returns the ids of the posts on a network that were deleted, oldest post first.
   *
   * @throws IllegalArgumentException if it is none of X, Mastodon and Bluesky
   */
  public Set<String> deletedPostIds(Network network) {
    PostWriter writer = writer(network);
    Set<String> ids = new LinkedHashSet<>();
    IntStream.range(0, writer.size())
        .filter(writer::isDeleted)
        .forEach(index -> ids.add(writer.id(index)));
    return ids;
  }

  /** Returns the notices of the deletions on X, oldest post first. */
  public Stream<Tombstone> tombstones() {
    return IntStream.range(0, posts.size())
        .filter(posts::isDeleted)
        .mapToObj(
            index -> {
              Instant written = posts.createdAt(index);
              Duration lived = Duration.between(written, now).dividedBy(2);
              return new Tombstone(
                  Network.X,
                  posts.id(index),
                  RecordKind.POST,
                  posts.author(index).id(),
                  written.plus(lived),
                  Provenance.UNKNOWN,
                  null);
            });
  }

  /**
   * Returns the id of the post on X that this one, on Mastodon or Bluesky, tells again, or nothing
   * if it is a post of its own.
   *
   * @throws IllegalArgumentException if no post has this id
   */
  public Optional<String> retoldFrom(String postId) {
    Written post = known(postId);
    int original = post.writer().retold(post.index());
    return original < 0 ? Optional.empty() : Optional.of(posts.id(original));
  }

  /** Returns the topics that posts are about, the most frequent first. */
  public List<String> topics() {
    return TOPICS;
  }

  /**
   * Returns what a post is about; a reply, repost or quote is about the same as its target.
   *
   * @throws IllegalArgumentException if no post has this id
   */
  public String topicOf(String postId) {
    Written post = known(postId);
    return post.writer().topic(post.index());
  }

  /**
   * Returns the id of the earlier post that this one copies with small changes, or nothing if it is
   * no such copy.
   *
   * @throws IllegalArgumentException if no post has this id
   */
  public Optional<String> nearDuplicateOf(String postId) {
    Written post = known(postId);
    int original = post.writer().nearDuplicateOf(post.index());
    return original < 0 ? Optional.empty() : Optional.of(post.writer().id(original));
  }

  /**
   * Returns whether the text of a post holds markup, a formula or control characters on purpose.
   *
   * @throws IllegalArgumentException if no post has this id
   */
  public boolean isHostile(String postId) {
    Written post = known(postId);
    return post.writer().isHostile(post.index());
  }

  /**
   * Returns a query in X's syntax that finds every post of the community: each names the engine or
   * carries one of its tags.
   */
  public String searchQuery() {
    return "spark OR #ApacheSpark OR #PySpark";
  }

  // People

  /** Returns the people, the best known first. */
  public List<Person> people() {
    return people;
  }

  /** Returns the accounts of all people on all networks. */
  public List<Account> accounts() {
    return accounts;
  }

  /** Returns the accounts on one network. */
  public List<Account> accounts(Network network) {
    return accounts.stream().filter(account -> account.network().equals(network)).toList();
  }

  /** Returns whose account this is, or nothing if nobody's in the community. */
  public Optional<Person> personOf(Network network, String accountId) {
    return Optional.ofNullable(
        personByAccount.get(
            network.name() + '/' + RecordKind.ACCOUNT.wireName() + '/' + accountId));
  }

  // Code

  /** Returns the repositories of {@link #ORGANIZATION}, the most starred first. */
  public List<Repository> repositories() {
    return forge.repositories();
  }

  /** Returns the stars of a repository, oldest first; empty if there is no such repository. */
  public List<Interaction> starsOf(String repositoryId) {
    return forge.stars(repositoryId);
  }

  /** Returns the commits to a repository, newest first; empty if there are none. */
  public List<Interaction> commitsTo(String repositoryId) {
    return forge.commits(repositoryId);
  }

  /** Returns who contributed to a repository and how often, the busiest first. */
  public List<Interaction> contributionsTo(String repositoryId) {
    return forge.contributions(repositoryId);
  }

  /**
   * Returns who forked a repository and when, newest first; the id is {@code fork/FORK/REPOSITORY}.
   */
  public List<Interaction> forksOf(String repositoryId) {
    return repository(repositoryId)
        .map(repository -> CodeCircle.forks(repository, starsOf(repositoryId), now))
        .orElse(List.of());
  }

  /** Returns who watches a repository, in no order. */
  public List<Interaction> watchersOf(String repositoryId) {
    return repository(repositoryId)
        .map(repository -> CodeCircle.watchers(repository, starsOf(repositoryId)))
        .orElse(List.of());
  }

  /** Returns who belongs to {@link #ORGANIZATION}, in no order. */
  public List<Interaction> organizationMembers() {
    return CodeCircle.members(people, CodeForge.OWNER);
  }

  private Optional<Repository> repository(String id) {
    return repositories().stream().filter(repository -> repository.id().equals(id)).findFirst();
  }

  /**
   * Returns the former full names of repositories that were renamed, and their names now. A request
   * for the former is redirected.
   */
  public Map<String, String> renamedRepositories() {
    return forge.renamed();
  }

  // Meetings

  /** Returns the groups, the biggest first. */
  public List<Group> groups() {
    return meetings.groups();
  }

  /** Returns the events of all groups, by the time they start. */
  public List<Event> events() {
    return meetings.events();
  }

  /** Returns who belongs to a group, in the order of joining; empty if there is no such group. */
  public List<Interaction> membershipsOf(String groupId) {
    return meetings.memberships(groupId);
  }

  /** Returns the answers to the invitation to an event, in the order they came. */
  public List<Interaction> rsvpsTo(String eventId) {
    return meetings.rsvps(eventId);
  }

  /**
   * Returns who did what to whom, on all networks: stars, commits, contributions, memberships,
   * hosts and RSVPs first, then replies, reposts, quotes and mentions on X, made while they are
   * read.
   */
  public Stream<Interaction> interactions() {
    return Stream.of(
            repositories().stream()
                .flatMap(
                    r ->
                        Stream.of(starsOf(r.id()), commitsTo(r.id()), contributionsTo(r.id()))
                            .flatMap(List::stream)),
            groups().stream().flatMap(g -> membershipsOf(g.id()).stream()),
            events().stream()
                .flatMap(e -> Stream.concat(meetings.hosts(e).stream(), rsvpsTo(e.id()).stream())),
            posts().flatMap(PostInteractions::of))
        .flatMap(stream -> stream);
  }

  // Who leads

  /**
   * Returns who wrote most of the posts that are there now on X, reposts not counted, the busiest
   * first; equals by handle.
   */
  public List<Ranked> topAuthors(int n) {
    Map<Account, Long> counts = new HashMap<>();
    for (int index = 0; index < posts.size(); index++) {
      if (!posts.isDeleted(index) && posts.kind(index) != Post.Kind.REPOST) {
        counts.merge(posts.author(index), 1L, Long::sum);
      }
    }
    return top(
        n,
        counts.entrySet().stream()
            .map(entry -> new Ranked(Person.ref(entry.getKey()), entry.getValue())));
  }

  /**
   * Returns who wrote most commits over all repositories, the busiest first; equals by label.
   * People without an account count by their name.
   */
  public List<Ranked> topCommitters(int n) {
    return top(n, forge.committers());
  }

  /** Returns who hosts most events, the busiest first; equals by name. Cancelled ones count. */
  public List<Ranked> topHosts(int n) {
    return top(n, meetings.hostCounts());
  }

  private static List<Ranked> top(int n, Stream<Ranked> ranked) {
    return ranked
        .sorted(
            Comparator.comparingLong(Ranked::count)
                .reversed()
                .thenComparing(r -> r.account().label())
                .thenComparing(r -> String.valueOf(r.account().id())))
        .limit(n)
        .toList();
  }

  /** Shows the sizes. */
  @Override
  public String toString() {
    return "Community[seed="
        + seed
        + ", posts="
        + posts.size()
        + ", people="
        + people.size()
        + ", repositories="
        + repositories().size()
        + ", groups="
        + groups().size()
        + ", events="
        + events().size()
        + ", now="
        + now
        + ']';
  }

  /** Sets how big a community is and when it lives. Not thread-safe. */
  public static final class Builder {
    private long seed = 42;
    private int posts = 2_000;
    private int mastodonPosts = -1;
    private int blueskyPosts = -1;
    private int people = 600;
    private int repositories = 12;
    private int commits = 1_500;
    private int groups = 4;
    private int events = 48;
    private Instant now = Instant.parse("2026-11-15T12:00:00Z");
    private Duration postSpan = Duration.ofDays(6).plusHours(20);

    private Builder() {}

    /** Sets what all chance comes from. Default: 42. */
    public Builder seed(long seed) {
      this.seed = seed;
      return this;
    }

    /**
     * Sets how many posts were ever written on Mastodon. Default: two fifths of those on X.
     *
     * @throws IllegalArgumentException if negative or more than 100,000,000
     */
    public Builder mastodonPosts(int posts) {
      this.mastodonPosts = check("mastodonPosts", posts, 0, PostWriter.MAX_POSTS);
      return this;
    }

    /**
     * Sets how many posts were ever written on Bluesky. Default: half of those on X.
     *
     * @throws IllegalArgumentException if negative or more than 100,000,000
     */
    public Builder blueskyPosts(int posts) {
      this.blueskyPosts = check("blueskyPosts", posts, 0, PostWriter.MAX_POSTS);
      return this;
    }

    /**
     * Sets how many posts were ever written on X; about one in eighty of them is deleted, one in
     * ten a repost. Default: 2,000.
     *
     * @throws IllegalArgumentException if negative or more than 100,000,000
     */
    public Builder posts(int posts) {
      this.posts = check("posts", posts, 0, PostWriter.MAX_POSTS);
      return this;
    }

    /**
     * Sets how many people there are. Default: 600.
     *
     * @throws IllegalArgumentException if less than 3 or more than 1,000,000
     */
    public Builder people(int people) {
      this.people = check("people", people, 3, 1_000_000);
      return this;
    }

    /**
     * Sets how many repositories there are, the empty and the renamed one included. Default: 12.
     *
     * @throws IllegalArgumentException if less than 3 or more than 10,000
     */
    public Builder repositories(int repositories) {
      this.repositories = check("repositories", repositories, 3, 10_000);
      return this;
    }

    /**
     * Sets how many commits there are in all repositories. Default: 1,500.
     *
     * @throws IllegalArgumentException if negative or more than 5,000,000
     */
    public Builder commits(int commits) {
      this.commits = check("commits", commits, 0, 5_000_000);
      return this;
    }

    /**
     * Sets how many groups there are. Default: 4.
     *
     * @throws IllegalArgumentException if less than 1 or more than 1,000
     */
    public Builder groups(int groups) {
      this.groups = check("groups", groups, 1, 1_000);
      return this;
    }

    /**
     * Sets how many events there are in all groups; about one in five is to come. Default: 48.
     *
     * @throws IllegalArgumentException if negative or more than 1,000,000
     */
    public Builder events(int events) {
      this.events = check("events", events, 0, 1_000_000);
      return this;
    }

    /** Sets the instant the community lives at. Default: 2026-11-15T12:00:00Z. */
    public Builder now(Instant now) {
      this.now = Objects.requireNonNull(now, "now");
      return this;
    }

    /**
     * Sets over how long a time, up to {@link #now(Instant)}, the posts are spread. Default: 6 days
     * and 20 hours, so that X's search over seven days finds all of them for some hours.
     *
     * @throws IllegalArgumentException if less than an hour or more than ten years
     */
    public Builder postSpan(Duration postSpan) {
      if (postSpan.compareTo(Duration.ofHours(1)) < 0
          || postSpan.compareTo(Duration.ofDays(3653)) > 0) {
        throw new IllegalArgumentException(
            "postSpan must be from an hour to ten years, was " + postSpan);
      }
      this.postSpan = postSpan;
      return this;
    }

    /** Makes the community. */
    public Community build() {
      return new Community(this);
    }

    private static int check(String name, int value, int least, int most) {
      if (value < least || value > most) {
        throw new IllegalArgumentException(
            name + " must be from " + least + " to " + most + ", was " + value);
      }
      return value;
    }
  }
}
