package io.github.sparkpysocial.testkit.sandbox;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * How much the networks of a sandbox allow. {@link #ofTheNetworks()} are the true limits as of
 * November 2026; a test makes one tight: {@code Limits.ofTheNetworks().withXSearch(3)}. Immutable.
 */
public final class Limits {
  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration SECOND = Duration.ofSeconds(1);

  /**
   * So much in a window.
   *
   * @param most requests or points, positive
   * @param window the length of the window
   */
  record Rate(int most, Duration window) {}

  /** What is limited, with what the network itself allows. */
  enum Limit {
    X_SEARCH(450, QUARTER),
    X_LOOKUP(3_500, QUARTER),
    X_FULL_SEARCH(300, QUARTER),
    X_FULL_SEARCH_SECOND(1, SECOND),
    X_COUNTS(300, QUARTER),
    X_USERS(300, QUARTER),
    X_TIMELINE(10_000, QUARTER),
    X_STREAM(50, QUARTER),
    X_RULES_READ(450, QUARTER),
    X_RULES_CHANGE(100, QUARTER),
    /** X documents no limit for usage and connections; this one is the sandbox's own. */
    X_OTHER(50, QUARTER),
    X_V1_SEARCH_USER(180, QUARTER),
    X_V1_SEARCH_APP(450, QUARTER),
    X_V1_STATUS(180, QUARTER),
    GITHUB_ANONYMOUS(60, HOUR),
    GITHUB_AUTHENTICATED(5_000, HOUR),
    GITHUB_POINTS(900, MINUTE),
    GITHUB_SEARCH_ANONYMOUS(10, MINUTE),
    GITHUB_SEARCH(30, MINUTE),
    GITHUB_GRAPHQL(5_000, HOUR),
    GITHUB_GRAPHQL_POINTS(2_000, MINUTE),
    MEETUP_POINTS(500, MINUTE),
    MASTODON(300, FIVE_MINUTES),
    BLUESKY(3_000, FIVE_MINUTES),
    BLUESKY_SESSIONS(30, FIVE_MINUTES);

    private final int most;
    private final Duration window;

    Limit(int most, Duration window) {
      this.most = most;
      this.window = window;
    }

    private Rate rate() {
      return new Rate(most, window);
    }
  }

  /** How many requests GitHub answers at once. */
  static final int GITHUB_CONCURRENT = 100;

  private final Map<Limit, Rate> rates;

  private Limits(Map<Limit, Rate> rates) {
    this.rates = rates;
  }

  /**
   * Returns the networks' own limits: X 450 searches and 3,500 look-ups per 15 minutes and app;
   * GitHub 60 requests an hour without a token and 5,000 with one, 900 points a minute, 100 at
   * once, 10 and 30 searches a minute, 5,000 points an hour for GraphQL; Meetup 500 points a
   * minute; Mastodon 300 requests per 5 minutes, Bluesky 3,000 and 30 logins.
   */
  public static Limits ofTheNetworks() {
    Map<Limit, Rate> rates = new EnumMap<>(Limit.class);
    for (Limit limit : Limit.values()) {
      rates.put(limit, limit.rate());
    }
    return new Limits(rates);
  }

  /** Returns a copy with another number of searches on X in 15 minutes. */
  public Limits withXSearch(int requests) {
    return with(Limit.X_SEARCH, requests);
  }

  /** Returns a copy with another number of look-ups on X in 15 minutes. */
  public Limits withXLookup(int requests) {
    return with(Limit.X_LOOKUP, requests);
  }

  /** Returns a copy with another number of searches of all time on X in 15 minutes. */
  public Limits withXFullSearch(int requests) {
    return with(Limit.X_FULL_SEARCH, requests);
  }

  /** Returns a copy with other numbers of searches by X's API v1.1 in 15 minutes. */
  public Limits withXV1Search(int byUser, int byApp) {
    return with(Limit.X_V1_SEARCH_USER, byUser).with(Limit.X_V1_SEARCH_APP, byApp);
  }

  /** Returns a copy with another number of look-ups of users on X in 15 minutes. */
  public Limits withXUsers(int requests) {
    return with(Limit.X_USERS, requests);
  }

  /** Returns a copy with another number of pages of a user's posts on X in 15 minutes. */
  public Limits withXTimeline(int requests) {
    return with(Limit.X_TIMELINE, requests);
  }

  /** Returns a copy with other numbers of requests to GitHub in an hour. */
  public Limits withGitHub(int anonymous, int authenticated) {
    return with(Limit.GITHUB_ANONYMOUS, anonymous).with(Limit.GITHUB_AUTHENTICATED, authenticated);
  }

  /** Returns a copy with another secondary limit of GitHub, in points a minute. */
  public Limits withGitHubPointsPerMinute(int points) {
    return with(Limit.GITHUB_POINTS, points);
  }

  /** Returns a copy with other numbers of searches on GitHub in a minute. */
  public Limits withGitHubSearch(int anonymous, int authenticated) {
    return with(Limit.GITHUB_SEARCH_ANONYMOUS, anonymous).with(Limit.GITHUB_SEARCH, authenticated);
  }

  /** Returns a copy with another number of points for GitHub's GraphQL in an hour. */
  public Limits withGitHubGraphQl(int points) {
    return with(Limit.GITHUB_GRAPHQL, points);
  }

  /** Returns a copy with another number of points for Meetup's queries in a minute. */
  public Limits withMeetupPoints(int points) {
    return with(Limit.MEETUP_POINTS, points);
  }

  /** Returns a copy with another number of requests to Mastodon in 5 minutes. */
  public Limits withMastodon(int requests) {
    return with(Limit.MASTODON, requests);
  }

  /** Returns a copy with another number of requests to Bluesky in 5 minutes. */
  public Limits withBluesky(int requests) {
    return with(Limit.BLUESKY, requests);
  }

  /**
   * Returns a copy in which no window is longer than this, so that a test in real time sees several
   * of them.
   *
   * @throws IllegalArgumentException if it is not positive
   */
  public Limits withWindows(Duration longest) {
    if (longest.isNegative() || longest.isZero()) {
      throw new IllegalArgumentException("A window must be positive, was " + longest);
    }
    Map<Limit, Rate> changed = new EnumMap<>(rates);
    for (Limit limit : Limit.values()) {
      Rate rate = of(limit);
      if (rate.window().compareTo(longest) > 0) {
        changed.put(limit, new Rate(rate.most(), longest));
      }
    }
    return new Limits(changed);
  }

  /** Returns what is allowed. */
  Rate of(Limit limit) {
    Rate rate = rates.get(limit);
    return rate == null ? limit.rate() : rate;
  }

  private Limits with(Limit limit, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("The limit " + limit + " must be positive, was " + most);
    }
    Map<Limit, Rate> changed = new EnumMap<>(rates);
    changed.put(limit, new Rate(most, of(limit).window()));
    return new Limits(changed);
  }

  @Override
  public String toString() {
    return "Limits" + rates;
  }
}
