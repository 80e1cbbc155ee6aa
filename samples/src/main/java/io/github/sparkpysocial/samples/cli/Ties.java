package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.viz.network.NetworkEdge;
import io.github.sparkpysocial.viz.network.NetworkGraph;
import io.github.sparkpysocial.viz.network.NetworkNode;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is tied to whom, counted from records one by one; how much is remembered is bounded. */
final class Ties {
  private record Tie(String source, String target, String kind) {}

  private final int most;
  private final Map<Tie, Integer> counts = new HashMap<>();
  private final Map<String, NetworkNode> nodes = new HashMap<>();
  private long skipped;

  /** Makes an empty collection of at most so many different ties. */
  Ties(int most) {
    this.most = most;
  }

  /** Returns how many records told no tie, or one more than is remembered. */
  long skipped() {
    return skipped;
  }

  void add(SocialRecord record) {
    if (record instanceof Interaction act && act.targetId() != null) {
      String name = act.targetName() == null ? act.targetId() : act.targetName();
      String kind =
          act.targetKind() == null ? "thing" : act.targetKind().name().toLowerCase(Locale.ROOT);
      String target = act.network() + "/" + kind + '/' + act.targetId();
      tie(
          person(String.valueOf(act.network()), act.actor().id(), act.actor().label(), null),
          NetworkNode.of(target, kind.equals("account") ? "person" : kind).withLabel(name),
          act.type().name().toLowerCase(Locale.ROOT));
    } else if (record instanceof Post post && post.author().id() != null) {
      String other =
          post.repostOfAuthorId() != null ? post.repostOfAuthorId() : post.inReplyToAuthorId();
      String network = String.valueOf(post.network());
      NetworkNode author = person(network, post.author().id(), post.author().label(), null);
      if (nodes.containsKey(author.id()) || nodes.size() < most) {
        nodes.put(author.id(), author); // now its name is known
      }
      if (other == null) {
        skipped++;
      } else {
        String kind = post.repostOfAuthorId() != null ? "repost" : "reply";
        tie(author, person(network, other, other, null), kind);
      }
    } else {
      skipped++;
    }
  }

  private static NetworkNode person(
      String network, @Nullable String id, String label, @Nullable String link) {
    return NetworkNode.of(network + "/person/" + (id == null ? label : id), "person")
        .withLabel(label)
        .withNote("on " + network.toLowerCase(Locale.ROOT))
        .withLink(link);
  }

  private void tie(NetworkNode source, NetworkNode target, String kind) {
    Tie tie = new Tie(source.id(), target.id(), kind);
    if (counts.size() >= most && !counts.containsKey(tie)) {
      skipped++;
      return;
    }
    counts.merge(tie, 1, Integer::sum);
    nodes.putIfAbsent(source.id(), source);
    nodes.putIfAbsent(target.id(), target);
  }

  /** Returns the graph of those with the most ties, and of the ties between them. */
  NetworkGraph graph(String title, int mostNodes, long seed) {
    Map<String, Integer> weights = new HashMap<>();
    counts.forEach(
        (tie, count) -> {
          weights.merge(tie.source(), count, Integer::sum);
          weights.merge(tie.target(), count, Integer::sum);
        });
    List<String> chosen =
        weights.entrySet().stream()
            .sorted(
                Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(mostNodes)
            .map(Map.Entry::getKey)
            .toList();
    Set<String> there = new HashSet<>(chosen);
    Map<String, NetworkNode> shown = new LinkedHashMap<>();
    for (String id : chosen) {
      NetworkNode node = nodes.get(id);
      if (node != null) {
        shown.put(id, node.withWeight(weights.getOrDefault(id, 0)));
      }
    }
    NetworkGraph.Builder graph = NetworkGraph.builder(title);
    shown.values().forEach(graph::node);
    counts.entrySet().stream()
        .filter(tie -> there.contains(tie.getKey().source()))
        .filter(tie -> there.contains(tie.getKey().target()))
        .map(
            tie ->
                new NetworkEdge(
                    tie.getKey().source(),
                    tie.getKey().target(),
                    tie.getKey().kind(),
                    tie.getValue()))
        .sorted(
            Comparator.comparing(NetworkEdge::source)
                .thenComparing(NetworkEdge::target)
                .thenComparing(NetworkEdge::kind))
        .forEach(graph::edge);
    return graph.build().withSeed(seed);
  }
}
