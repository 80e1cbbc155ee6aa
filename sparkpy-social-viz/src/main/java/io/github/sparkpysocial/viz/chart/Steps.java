package io.github.sparkpysocial.viz.chart;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Flows that lead on from step to step, without those that would lead back. */
final class Steps {
  private record Pair(String from, String to) {}

  private final List<Sankey.Flow> drawn = new ArrayList<>();
  private final List<Sankey.Flow> leftOut = new ArrayList<>();

  /** Takes the heaviest flow first, and each next one unless it closes a circle. */
  Steps(List<Sankey.Flow> flows) {
    Map<Pair, Double> bands = new LinkedHashMap<>();
    for (Sankey.Flow flow : flows) {
      bands.merge(new Pair(flow.from(), flow.to()), flow.value(), Double::sum);
    }
    List<Sankey.Flow> heaviestFirst = new ArrayList<>();
    bands.forEach(
        (pair, value) -> heaviestFirst.add(new Sankey.Flow(pair.from(), pair.to(), value)));
    heaviestFirst.sort(
        Comparator.comparingDouble(Sankey.Flow::value)
            .reversed()
            .thenComparing(Sankey.Flow::from)
            .thenComparing(Sankey.Flow::to));
    Map<String, List<String>> onward = new HashMap<>();
    for (Sankey.Flow flow : heaviestFirst) {
      if (leads(onward, flow.to(), flow.from())) {
        leftOut.add(flow);
      } else {
        drawn.add(flow);
        onward.computeIfAbsent(flow.from(), name -> new ArrayList<>()).add(flow.to());
      }
    }
  }

  private static boolean leads(Map<String, List<String>> onward, String from, String to) {
    Deque<String> open = new ArrayDeque<>(List.of(from));
    Set<String> seen = new HashSet<>();
    while (!open.isEmpty()) {
      String name = open.pop();
      if (name.equals(to)) {
        return true;
      }
      if (seen.add(name)) {
        onward.getOrDefault(name, List.of()).forEach(open::push);
      }
    }
    return false;
  }

  List<Sankey.Flow> drawn() {
    return List.copyOf(drawn);
  }

  List<Sankey.Flow> leftOut() {
    return List.copyOf(leftOut);
  }
}
