package io.github.sparkpysocial.samples.trend;

import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.viz.dashboard.Cell;
import io.github.sparkpysocial.viz.dashboard.Completeness;
import io.github.sparkpysocial.viz.dashboard.Section;
import io.github.sparkpysocial.viz.dashboard.Table;
import io.github.sparkpysocial.viz.dashboard.Tile;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;

/** How much there is, from where, and how complete it is. */
record Coverage(Answers answers, List<Completeness.Source> sources) {
  private static final int LATEST = 50;

  List<Tile> tiles() {
    return Stream.of(
            tile("posts", "Posts", RecordKind.POST),
            tile("accounts", "Accounts", RecordKind.ACCOUNT),
            tile("repositories", "Repositories", RecordKind.REPOSITORY),
            tile("groups", "Groups", RecordKind.GROUP),
            tile("events", "Events", RecordKind.EVENT),
            tile("interactions", "Stars, commits, answers", RecordKind.INTERACTION),
            tile("deletions", "Deletions carried out", RecordKind.TOMBSTONE))
        .filter(tile -> !tile.value().equals("0"))
        .toList();
  }

  private Tile tile(String fact, String label, RecordKind kind) {
    String behind = kind == RecordKind.POST ? "#latest-posts" : "#coverage";
    return Tile.count(fact, label, answers.count(kind)).withLink(behind);
  }

  Section section() {
    Table.Builder table =
        Table.builder(
            "coverage",
            "What there is",
            Table.Column.text("Network"),
            Table.Column.text("Kind"),
            Table.Column.number("Records"),
            Table.Column.text("From"),
            Table.Column.text("To"));
    answers
        .rows(
            """
            SELECT network, record, count(*),
              min(coalesce(created_at, starts_at, deleted_at)),
              max(coalesce(created_at, starts_at, deleted_at))
            FROM records GROUP BY 1, 2 ORDER BY 1, 2
            """)
        .forEach(
            row ->
                table.row(
                    Cell.of(row.getString(0)),
                    Cell.of(row.getString(1)),
                    Cell.of(row.getLong(2)),
                    time(row, 3),
                    time(row, 4)));
    Section section = Section.of("completeness", "How complete is this?");
    if (!sources.isEmpty()) {
      section =
          section.wide(
              Completeness.of(
                  "sources", "Where it came from", sources, answers.count(RecordKind.TOMBSTONE)));
    }
    section = section.wide(table.build());
    return answers.has(RecordKind.POST) ? section.wide(latest()) : section;
  }

  /** The posts behind the numbers, each with its link. */
  private Table latest() {
    Table.Builder table =
        Table.builder(
            "latest-posts",
            "The latest posts",
            Table.Column.text("When"),
            Table.Column.text("Who"),
            Table.Column.text("What"));
    answers
        .rows(
            """
            SELECT created_at, coalesce(author_handle, author_name, ''), text, url FROM posts
            ORDER BY created_at DESC NULLS LAST, id LIMIT %d
            """
                .formatted(LATEST))
        .forEach(
            row ->
                table.row(
                    time(row, 0),
                    Cell.of(row.getString(1)),
                    Cell.link(row.getString(2), Answers.text(row, 3))));
    return table.build();
  }

  private static Cell time(Row row, int column) {
    Instant at = Answers.instant(row, column);
    return at == null ? Cell.unknown() : Cell.of(at);
  }
}
