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
    return Tile.count(fact, label, answers.count(kind));
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
    return section.wide(table.build());
  }

  private static Cell time(Row row, int column) {
    Instant at = Answers.instant(row, column);
    return at == null ? Cell.unknown() : Cell.of(at);
  }
}
