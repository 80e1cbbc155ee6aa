package io.github.sparkpysocial.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.place.Places;
import io.github.sparkpysocial.spi.FileEnding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets a file by its ending. */
class FileEndingTest {
  @TempDir Path directory;

  /** Says what it was asked for. */
  public static final class Shouting implements FileEnding {
    @Override
    public String ending() {
      return ".shout";
    }

    @Override
    public RecordStore open(PlaceUri uri, Path path, StoreOptions options) {
      throw new StoreException("one: " + path.getFileName());
    }

    @Override
    public RecordStore openAll(PlaceUri uri, List<Path> files, StoreOptions options) {
      throw new StoreException("all: " + files.stream().map(Path::getFileName).toList());
    }
  }

  private void assertThatOpening(String name, Class<? extends Exception> type, String message) {
    PlaceUri place = PlaceUri.parse(directory + "/" + name);
    assertThatThrownBy(() -> Places.openStore(place, StoreOptions.with(Quarantine.inMemory())))
        .isInstanceOf(type)
        .hasMessageContaining(message);
  }

  @Test
  void aModuleServesItsEndingInAnyCaseAndWithASlashAfterIt() {
    assertThatOpening("new.shout", StoreException.class, "one: new.shout");
    assertThatOpening("NEW.Shout", StoreException.class, "one: NEW.Shout");
    assertThatOpening("new.shout/", StoreException.class, "one: new.shout");
  }

  @Test
  void aPatternGivesTheFilesInOrder() throws IOException {
    Files.createFile(directory.resolve("b.shout"));
    Files.createFile(directory.resolve("a.shout"));
    Files.createFile(directory.resolve("c.jsonl"));

    assertThatOpening("*.shout", StoreException.class, "all: [a.shout, b.shout]");
    assertThatOpening("d*.shout", StoreException.class, "No file matches");
  }

  @Test
  void parquetWithoutItsModuleIsToldWhatToAdd() {
    assertThatOpening(
        "posts.parquet", IllegalArgumentException.class, "sparkpy-social-connectors on the class");
    assertThat(directory).isEmptyDirectory();
  }
}
