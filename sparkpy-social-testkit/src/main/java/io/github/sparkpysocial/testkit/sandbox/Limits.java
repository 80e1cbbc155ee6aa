package io.github.sparkpysocial.testkit.sandbox;

import java.time.Duration;
import java.util.Objects;

/**
 * How much the networks of a sandbox allow. {@link #ofTheNetworks()} are the true limits as of
 * November 2026; a test makes one tight: {@code Limits.ofTheNetworks().withXSearch(3)}.
 *
 * @param xSearch requests to X's recent search in one window
 * @param xLookup requests to X's look-up by id in one window
 * @param xWindow the length of X's windows
 * @param gitHubAnonymous requests to GitHub in one window without a token
 * @param gitHubAuthenticated requests to GitHub in one window with a token
 * @param gitHubWindow the length of GitHub's windows
 * @param gitHubPointsPerMinute what GitHub's secondary limit allows in a minute; a GET costs one
 * @param gitHubConcurrent how many requests GitHub answers at once
 * @param meetupPoints points of Meetup's queries in one window; see {@link Sandbox} for the cost
 * @param meetupWindow the length of Meetup's windows
 */
public record Limits(
    int xSearch,
    int xLookup,
    Duration xWindow,
    int gitHubAnonymous,
    int gitHubAuthenticated,
    Duration gitHubWindow,
    int gitHubPointsPerMinute,
    int gitHubConcurrent,
    int meetupPoints,
    Duration meetupWindow) {

  public Limits {
    positive("xSearch", xSearch);
    positive("xLookup", xLookup);
    positive("gitHubAnonymous", gitHubAnonymous);
    positive("gitHubAuthenticated", gitHubAuthenticated);
    positive("gitHubPointsPerMinute", gitHubPointsPerMinute);
    positive("gitHubConcurrent", gitHubConcurrent);
    positive("meetupPoints", meetupPoints);
    positive("xWindow", xWindow);
    positive("gitHubWindow", gitHubWindow);
    positive("meetupWindow", meetupWindow);
  }

  /**
   * Returns the networks' own limits: X 450 searches and 3,500 look-ups per 15 minutes and app;
   * GitHub 60 requests an hour without a token and 5,000 with one, 900 points a minute, 100 at
   * once; Meetup 500 points a minute.
   */
  public static Limits ofTheNetworks() {
    return new Limits(
        450,
        3_500,
        Duration.ofMinutes(15),
        60,
        5_000,
        Duration.ofHours(1),
        900,
        100,
        500,
        Duration.ofSeconds(60));
  }

  /** Returns a copy with another number of searches on X in one window. */
  public Limits withXSearch(int requests) {
    return new Limits(
        requests,
        xLookup,
        xWindow,
        gitHubAnonymous,
        gitHubAuthenticated,
        gitHubWindow,
        gitHubPointsPerMinute,
        gitHubConcurrent,
        meetupPoints,
        meetupWindow);
  }

  /** Returns a copy with another number of look-ups on X in one window. */
  public Limits withXLookup(int requests) {
    return new Limits(
        xSearch,
        requests,
        xWindow,
        gitHubAnonymous,
        gitHubAuthenticated,
        gitHubWindow,
        gitHubPointsPerMinute,
        gitHubConcurrent,
        meetupPoints,
        meetupWindow);
  }

  /** Returns a copy with other numbers of requests to GitHub in one window. */
  public Limits withGitHub(int anonymous, int authenticated) {
    return new Limits(
        xSearch,
        xLookup,
        xWindow,
        anonymous,
        authenticated,
        gitHubWindow,
        gitHubPointsPerMinute,
        gitHubConcurrent,
        meetupPoints,
        meetupWindow);
  }

  /** Returns a copy with another secondary limit of GitHub, in points a minute. */
  public Limits withGitHubPointsPerMinute(int points) {
    return new Limits(
        xSearch,
        xLookup,
        xWindow,
        gitHubAnonymous,
        gitHubAuthenticated,
        gitHubWindow,
        points,
        gitHubConcurrent,
        meetupPoints,
        meetupWindow);
  }

  /** Returns a copy with another number of points for Meetup's queries in one window. */
  public Limits withMeetupPoints(int points) {
    return new Limits(
        xSearch,
        xLookup,
        xWindow,
        gitHubAnonymous,
        gitHubAuthenticated,
        gitHubWindow,
        gitHubPointsPerMinute,
        gitHubConcurrent,
        points,
        meetupWindow);
  }

  private static void positive(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
  }

  private static void positive(String name, Duration value) {
    Objects.requireNonNull(value, name);
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(name + " must be positive, was " + value);
    }
  }
}
