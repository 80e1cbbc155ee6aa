package io.github.sparkpysocial.testkit.community;

import io.github.sparkpysocial.model.AccountRef;
import io.github.sparkpysocial.model.Interaction;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.model.Repository;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Who forks and watches the repositories, and who belongs to the organisation. */
final class CodeCircle {
  /** The first id of a fork; the repositories themselves have smaller ones. */
  private static final long FIRST_FORK = 700_000_000L;

  private static final int MOST_MEMBERS = 120;

  private CodeCircle() {}

  /** Returns who forked a repository, newest first; some of those who starred it did. */
  static List<Interaction> forks(Repository repository, List<Interaction> stars, Instant now) {
    long wanted = Objects.requireNonNullElse(repository.forks(), 0L);
    List<Interaction> made = new ArrayList<>();
    for (int i = 0; i < stars.size() && made.size() < wanted; i++) {
      Interaction star = stars.get(i);
      Instant starred = Objects.requireNonNull(star.createdAt(), "The community dates stars");
      Instant at = starred.plus(Duration.ofHours(1));
      if (at.isBefore(now)) {
        String fork = Long.toString(FIRST_FORK + Long.parseLong(repository.id()) * 1_000 + i);
        made.add(
            edge(Interaction.Type.FORK, "fork/" + fork, star.actor(), repository)
                .createdAt(at)
                .build());
      }
    }
    made.sort(
        Comparator.comparing(
                Interaction::createdAt, Comparator.nullsFirst(Comparator.<Instant>naturalOrder()))
            .reversed());
    return List.copyOf(made);
  }

  /** Returns who is told of what happens in a repository: every third who starred it. */
  static List<Interaction> watchers(Repository repository, List<Interaction> stars) {
    List<Interaction> made = new ArrayList<>();
    for (int i = 0; i < stars.size(); i += 3) {
      AccountRef actor = stars.get(i).actor();
      made.add(edge(Interaction.Type.WATCH, "watch/" + actor.id(), actor, repository).build());
    }
    return List.copyOf(made);
  }

  /** Returns who belongs to the organisation: every second person with an account. */
  static List<Interaction> members(List<Person> people, AccountRef organization) {
    List<Interaction> made = new ArrayList<>();
    for (int i = 0; i < people.size() && made.size() < MOST_MEMBERS; i += 2) {
      people
          .get(i)
          .on(Network.GITHUB)
          .ifPresent(
              account ->
                  made.add(
                      Interaction.builder(
                              Network.GITHUB,
                              "membership/" + account.id() + '/' + organization.id(),
                              Interaction.Type.MEMBERSHIP)
                          .actor(new AccountRef(account.id(), account.handle(), null))
                          .targetKind(RecordKind.ACCOUNT)
                          .targetId(organization.id())
                          .targetName(organization.handle())
                          .build()));
    }
    return List.copyOf(made);
  }

  private static Interaction.Builder edge(
      Interaction.Type type, String idWithoutTarget, AccountRef actor, Repository repository) {
    return Interaction.builder(Network.GITHUB, idWithoutTarget + '/' + repository.id(), type)
        .actor(actor)
        .targetKind(RecordKind.REPOSITORY)
        .targetId(repository.id())
        .targetName(repository.fullName());
  }
}
