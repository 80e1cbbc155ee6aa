package io.github.sparkpysocial.samples.book;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;

import io.github.sparkpysocial.client.Page;
import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.Repository;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The first mash-up of the book: who writes most on X, commits most on GitHub and hosts most on
 * Meetup, in one list. Records of three networks have one schema, so one function ranks them all.
 *
 * <p>Whom others turn to is another question, which {@code sparkpy network} answers.
 */
public final class TopInfluencers {
  private TopInfluencers() {}

  /**
   * Somebody who leads.
   *
   * @param rank within the network, from 1
   * @param count how many posts, commits or events
   */
  record Leader(int rank, Network network, String name, long count) {}

  /** Shows who leads on the sandbox's networks. */
  public static void main(String[] args) {
    Community community = Community.builder().build();
    try (Sandbox sandbox = Sandbox.start(community)) {
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      List<String> groups = community.groups().stream().map(g -> "meetup:" + g.handle()).toList();
      find(options, "x:search?q=spark", "github:" + Community.ORGANIZATION, groups, 5)
          .forEach(System.out::println);
    }
  }

  /** Asks the three networks, and returns their leaders, the first of each network first. */
  static List<Leader> find(
      SourceOptions options, String posts, String organization, List<String> groups, int most) {
    List<AccountRef> authors = read(options, posts, Post.class).stream().map(Post::author).toList();
    List<AccountRef> committers = new ArrayList<>();
    for (Repository each : read(options, organization + "/repos", Repository.class)) {
      read(options, "github:" + each.fullName() + "/commits", Interaction.class)
          .forEach(commit -> committers.add(commit.actor()));
    }
    List<AccountRef> hosts = new ArrayList<>();
    for (String group : groups) {
      read(options, group + "/events", Event.class).forEach(event -> hosts.addAll(event.hosts()));
    }
    List<Leader> leaders = new ArrayList<>(rank(Network.X, authors, most));
    leaders.addAll(rank(Network.GITHUB, committers, most));
    leaders.addAll(rank(Network.MEETUP, hosts, most));
    leaders.sort(
        Comparator.comparingInt(Leader::rank).thenComparing(leader -> leader.network().name()));
    return leaders;
  }

  private static <R extends SocialRecord> List<R> read(
      SourceOptions options, String place, Class<R> type) {
    try (RecordSource source = Places.openSource(PlaceUri.parse(place), options);
        Stream<Page> pages = source.pages()) {
      return pages
          .flatMap(page -> page.records().stream())
          .filter(type::isInstance)
          .map(type::cast)
          .toList();
    }
  }

  private static List<Leader> rank(Network network, List<AccountRef> deeds, int most) {
    List<Map.Entry<AccountRef, Long>> ranked =
        deeds.stream().collect(groupingBy(account -> account, counting())).entrySet().stream()
            .sorted(
                Map.Entry.<AccountRef, Long>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(each -> each.getKey().label()))
            .limit(most)
            .toList();
    List<Leader> leaders = new ArrayList<>();
    for (Map.Entry<AccountRef, Long> each : ranked) {
      leaders.add(new Leader(leaders.size() + 1, network, each.getKey().label(), each.getValue()));
    }
    return leaders;
  }
}
