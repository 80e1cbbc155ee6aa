package io.github.sparkpysocial.viz.dashboard;

import java.util.List;

/**
 * A card for each topic: how large it is, its terms as labels and as a cloud, its most typical
 * posts. Each card has {@code data-topic} (its place, from 0) and {@code data-posts}.
 *
 * @param id the id of its element
 * @param topics the topics, in order; may be empty, which shows a note that says so
 */
public record Topics(String id, List<Topic> topics) implements Component {

  public Topics {
    Checks.id(id);
    topics = List.copyOf(topics);
  }

  /** Returns cards for these topics. */
  public static Topics of(String id, List<Topic> topics) {
    return new Topics(id, topics);
  }
}
