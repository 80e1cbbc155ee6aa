package io.github.sparkpysocial.streaming.source;

import io.github.sparkpysocial.StoreException;
import io.github.sparkpysocial.model.RecordKind;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.journal.JournalPosition;
import io.github.sparkpysocial.streaming.journal.JournalReader;
import java.nio.file.Path;
import java.util.Set;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.streaming.MicroBatchStream;
import org.apache.spark.sql.types.StructType;

/** A reading of a journal, or of a place through its journal. */
record JournalScan(PlaceUri place, Set<RecordKind> kinds, StructType columns, StreamOptions options)
    implements Scan {

  @Override
  public StructType readSchema() {
    return columns;
  }

  @Override
  public String description() {
    return "social " + place + " " + options.rows();
  }

  private boolean isJournal() {
    return place.scheme().equals(SocialStreams.JOURNAL);
  }

  private JournalRows.Factory rows() {
    return new JournalRows.Factory(columns, kinds, options.rows());
  }

  @Override
  public Batch toBatch() {
    if (!isJournal()) {
      throw new UnsupportedOperationException(
          place
              + " has no end; read it with readStream(), or what was written of it with"
              + " load(\"journal:DIRECTORY\")");
    }
    JournalReader reader = JournalReader.of(Path.of(place.location()));
    return new Batch() {
      @Override
      public InputPartition[] planInputPartitions() {
        return JournalRows.split(reader, reader.start(), reader.end());
      }

      @Override
      public PartitionReaderFactory createReaderFactory() {
        return rows();
      }
    };
  }

  @Override
  public MicroBatchStream toMicroBatchStream(String checkpointLocation) {
    if (isJournal()) {
      JournalReader reader = JournalReader.of(Path.of(place.location()));
      return new JournalStream(reader, null, rows(), options);
    }
    Path directory = options.journal();
    Recorders.Shared recorder =
        Recorders.of(place, directory == null ? beside(checkpointLocation) : directory, options);
    JournalPosition unused = recorder.reader().end(); // so that a broken one is told now
    return new JournalStream(recorder.reader(), recorder, rows(), options);
  }

  private Path beside(String checkpoint) {
    org.apache.hadoop.fs.Path path = new org.apache.hadoop.fs.Path(checkpoint);
    String scheme = path.toUri().getScheme();
    if (scheme != null && !scheme.equals("file")) {
      throw new StoreException(
          "The checkpoint is in "
              + path
              + ", and a journal needs a local directory: name it by option(\"journal\", ..)");
    }
    return Path.of(path.toUri().getPath(), "journal");
  }
}
