package io.github.sparkpysocial.transfer;

import io.github.sparkpysocial.spi.TransferPath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;

/**
 * The cheapest of the ways between two stores, and how it was chosen.
 *
 * @param route the way to take
 * @param others the ways that serve, too, the cheaper ones first
 */
record Plan(TransferPath.Route route, List<TransferPath.Route> others) {

  /** Asks every path on the class path. */
  static Plan of(TransferPath.Task task) {
    List<TransferPath> paths = new ArrayList<>();
    ServiceLoader.load(TransferPath.class, TransferPath.class.getClassLoader()).forEach(paths::add);
    return of(task, paths);
  }

  static Plan of(TransferPath.Task task, List<TransferPath> paths) {
    List<TransferPath.Route> routes = new ArrayList<>();
    for (TransferPath path : paths) {
      TransferPath.Route route = path.route(task);
      if (route != null) {
        routes.add(route);
      }
    }
    routes.add(new RecordRoute(task));
    routes.sort(Comparator.comparingDouble(TransferPath.Route::cost));
    return new Plan(routes.get(0), List.copyOf(routes.subList(1, routes.size())));
  }

  /** Returns the steps, and at the end the choice and what it was among. */
  List<String> explain() {
    List<String> lines = new ArrayList<>(route.steps());
    StringBuilder choice = new StringBuilder(told(route));
    if (others.isEmpty()) {
      choice.append("; no shorter way serves these two places");
    } else {
      choice.append("; not taken:");
      for (TransferPath.Route other : others) {
        choice.append(' ').append(told(other)).append(',');
      }
      choice.setLength(choice.length() - 1);
    }
    lines.add(choice.toString());
    return lines;
  }

  private static String told(TransferPath.Route route) {
    return route.name() + String.format(Locale.ROOT, " (cost %.2f)", route.cost());
  }
}
