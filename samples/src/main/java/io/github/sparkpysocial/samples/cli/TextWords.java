package io.github.sparkpysocial.samples.cli;

import io.github.sparkpysocial.ml.feature.StopWords;
import io.github.sparkpysocial.model.Post;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.Fingerprint;
import io.github.sparkpysocial.spi.KeyIndex;
import io.github.sparkpysocial.store.RecordCursor;
import io.github.sparkpysocial.store.RecordStore;
import io.github.sparkpysocial.store.StoreOptions;
import io.github.sparkpysocial.viz.wordcloud.TermCounter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;

/** Counts the words of the texts at a place, each text once, in one pass and without Spark. */
final class TextWords {
  private final TermCounter counter;
  private final KeyIndex seen = new KeyIndex();
  private long posts;
  private long others;

  private TextWords(boolean phrases) {
    TermCounter.Builder builder =
        TermCounter.builder().stopWords(StopWords.of(StopWords.languages()));
    this.counter = (phrases ? builder.phrases() : builder).build();
  }

  /**
   * Reads a place through.
   *
   * @param phrases whether words that belong together count as one
   * @throws Failure if it is a network, or holds no posts
   */
  static TextWords of(PlaceUri place, StoreOptions options, boolean phrases, Console console) {
    Intake.requireStore(place);
    TextWords words = new TextWords(phrases);
    try (RecordStore store = Places.openStore(place, options);
        RecordCursor records = store.readAll()) {
      while (records.hasNext()) {
        if (records.next() instanceof Post post) {
          words.add(post.text());
        } else {
          words.others++;
        }
        long soFar = words.posts + words.others;
        if (soFar % 1_000 == 0) {
          console.progress(
              () -> String.format(Locale.ROOT, "reading %s: %,d records", place, soFar));
        }
      }
    }
    console.clearProgress();
    if (words.posts == 0) {
      throw Failure.failed(
          words.others == 0
              ? Intake.nothingIn(place, options.quarantine().count())
              : place + " holds no posts, only " + words.others + " records of other kinds",
          null);
    }
    return words;
  }

  private void add(String text) {
    posts++;
    UUID digest = UUID.nameUUIDFromBytes(text.getBytes(StandardCharsets.UTF_8));
    Fingerprint once =
        new Fingerprint(digest.getMostSignificantBits(), digest.getLeastSignificantBits());
    if (seen.put(once, 1) == KeyIndex.ABSENT) {
      counter.add(text);
    }
  }

  TermCounter counter() {
    return counter;
  }
}
