package io.github.sparkpysocial.samples.book;

import io.github.sparkpysocial.client.SourceOptions;
import io.github.sparkpysocial.connectors.meetup.MeetupClient;
import io.github.sparkpysocial.connectors.meetup.MeetupClient.EventState;
import io.github.sparkpysocial.model.Event;
import io.github.sparkpysocial.model.Group;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.testkit.community.Community;
import io.github.sparkpysocial.testkit.sandbox.Sandbox;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** A group on Meetup: what it held, who belongs to it, and where a member belongs besides. */
public final class MeetupGroup {
  private MeetupGroup() {}

  /**
   * What was found.
   *
   * @param past the events that are over
   * @param members who joined, and when
   * @param groups of the first member
   */
  record Found(List<Event> past, List<Interaction> members, List<Group> groups) {}

  /** Shows a group of the sandbox. */
  public static void main(String[] args) {
    Community community = Community.builder().build();
    try (Sandbox sandbox = Sandbox.start(community)) {
      // SourceOptions.fromEnvironment() asks Meetup, with the token in MEETUP_TOKEN.
      SourceOptions options = new SourceOptions(sandbox.environment(), sandbox.clock());
      String name = Objects.requireNonNull(community.groups().get(0).handle());
      Found found = look(MeetupClient.open(options), name);
      found.past().forEach(e -> System.out.println(e.startsAt() + "  " + e.title()));
      System.out.println(found.members().size() + " members");
      found.groups().forEach(group -> System.out.println(group.name()));
    }
  }

  /**
   * Asks for it all.
   *
   * @param name of the group, as it stands in its address
   */
  static Found look(MeetupClient meetup, String name) {
    try (Stream<Event> past = meetup.events(name, EventState.PAST);
        Stream<Interaction> joined = meetup.members(name)) {
      List<Interaction> members = joined.toList();
      String first = Objects.requireNonNull(members.get(0).actor().id(), "id of a member");
      try (Stream<Group> groups = meetup.groupsOf(name, first)) {
        return new Found(past.toList(), members, groups.toList());
      }
    }
  }
}
