package io.github.sparkpysocial.streaming.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.store.Quarantine;
import io.github.sparkpysocial.streaming.journal.Journal;
import io.github.sparkpysocial.streaming.journal.JournalCursor;
import io.github.sparkpysocial.streaming.journal.JournalEntry;
import io.github.sparkpysocial.streaming.journal.JournalOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("NullAway.Init") // JUnit sets the field before the tests
class RecorderIntakeTest {
  @TempDir private Path directory;

  @Test
  void aRecordThatNoEntryHoldsIsSetAsideAndTheNextGoesOn() {
    Post huge = Post.builder(Network.X, "1", "x".repeat(Journal.MOST_PAYLOAD_BYTES)).build();
    Post small = Post.builder(Network.X, "2", "x").build();
    List<JournalEntry> entries = new ArrayList<>();
    try (Quarantine quarantine = Quarantine.inMemory();
        Journal journal =
            Journal.open(directory, JournalOptions.DEFAULT.withSync(JournalOptions.Sync.PROCESS))) {
      RecorderIntake intake = new RecorderIntake(journal, "x:stream", quarantine);

      intake.records(List.of(huge, small), List.of());
      intake.commit(FeedState.none("x:stream"));

      assertThat(quarantine.count()).isEqualTo(1);
      assertThat(intake.status().records()).isEqualTo(1);
      assertThat(intake.status().rejected()).isEqualTo(1);
      try (JournalCursor cursor = journal.reader().readAll()) {
        cursor.forEachRemaining(entries::add);
      }
    }
    assertThat(entries)
        .extracting(JournalEntry::kind)
        .containsExactly(
            JournalEntry.Kind.REJECTED, JournalEntry.Kind.RECORD, JournalEntry.Kind.STATE);
    StreamEvent rejected = StreamEvent.parse(entries.get(0).payload());
    assertThat(rejected.reason())
        .startsWith("The record x/post/1 has ")
        .endsWith("(only the first 65536 bytes are kept)");
    assertThat(rejected.raw()).hasSize(65_536);
  }
}
