package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.viz.dashboard.Ranking;
import io.github.sparkpysocial.viz.dashboard.Section;
import java.util.List;

/** Who leads: who writes, commits and hosts most, and what is starred most. */
record Leaders(Answers answers) {
  private static final int LONGEST = 10;

  Section section() {
    Section section = Section.of("leaders", "Who leads");
    if (answers.has(RecordKind.POST)) {
      section =
          section.third(
              ranking(
                  "top-authors",
                  "Busiest authors",
                  "posts",
                  """
                  SELECT network, author_id AS id, author_handle AS handle, author_name AS name,
                    created_at AS at, url
                  FROM posts WHERE kind <> 'repost'
                  """));
    }
    if (!answers.rows("SELECT 1 FROM interactions WHERE type = 'commit' LIMIT 1").isEmpty()) {
      section =
          section.third(
              ranking(
                  "top-committers",
                  "Busiest committers",
                  "commits",
                  """
                  SELECT network, actor_id AS id, actor_handle AS handle, actor_name AS name,
                    created_at AS at, url
                  FROM interactions WHERE type = 'commit'
                  """));
    }
    if (answers.has(RecordKind.EVENT)) {
      section =
          section.third(
              ranking(
                  "top-hosts",
                  "Busiest hosts",
                  "events",
                  """
                  SELECT network, host.id, host.handle, host.name, at, url FROM
                    (SELECT network, explode(hosts) AS host, starts_at AS at, url FROM events)
                  """));
    }
    if (answers.has(RecordKind.REPOSITORY)) {
      List<Ranking.Entry> stars =
          answers
              .rows(
                  """
                  SELECT full_name, stars, network, url, language FROM repositories
                  WHERE stars IS NOT NULL ORDER BY stars DESC, full_name LIMIT %d
                  """
                      .formatted(LONGEST))
              .stream()
              .map(
                  row ->
                      Ranking.Entry.of(row.getString(0), (double) row.getLong(1))
                          .withNetwork(row.getString(2))
                          .withLink(Answers.text(row, 3))
                          .withNote(Answers.text(row, 4)))
              .toList();
      section =
          section.wide(Ranking.of("top-repositories", "Most starred repositories", "stars", stars));
    }
    return section;
  }

  /**
   * Counts the rows of a query by account: its id, or else its handle or name. Each leads to the
   * latest of what was counted.
   */
  private Ranking ranking(String id, String title, String unit, String accounts) {
    List<Ranking.Entry> entries =
        answers
            .rows(
                """
                SELECT coalesce(max(handle), max(name), max(id)) AS label, count(*) AS n, network,
                  max_by(url, struct(at, url)) FILTER (WHERE url IS NOT NULL)
                FROM (%s) WHERE coalesce(id, handle, name) IS NOT NULL
                GROUP BY network, coalesce(id, handle, name)
                ORDER BY n DESC, label, max(id) LIMIT %d
                """
                    .formatted(accounts, LONGEST))
            .stream()
            .map(
                row ->
                    Ranking.Entry.of(row.getString(0), (double) row.getLong(1))
                        .withNetwork(row.getString(2))
                        .withLink(Answers.text(row, 3)))
            .toList();
    return Ranking.of(id, title, unit, entries);
  }
}
