package io.github.sparkpysocial.streaming.dstream;

import io.github.sparkpysocial.model.SocialRecord;
import io.github.sparkpysocial.place.PlaceUri;
import io.github.sparkpysocial.streaming.internal.Following;
import io.github.sparkpysocial.streaming.source.StreamRecorder;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.storage.StorageLevel;
import org.apache.spark.streaming.api.java.JavaReceiverInputDStream;
import org.apache.spark.streaming.api.java.JavaStreamingContext;
import org.apache.spark.streaming.receiver.Receiver;
import org.jspecify.annotations.Nullable;

/**
 * Brings the records of a live source into a {@code DStream}, reliably: a {@link StreamRecorder}
 * writes them into a journal first; the receiver hands them to Spark in blocks, and notes in the
 * journal's directory how far it came only after Spark has stored a block. So a receiver that is
 * started again goes on there, and each record comes at least once.
 *
 * <p>What Spark has stored and not yet worked off is lost with the driver unless {@code
 * spark.streaming.receiver.writeAheadLog.enable} is {@code true} and the context has a checkpoint;
 * with the log one copy is enough: {@link StorageLevel#MEMORY_AND_DISK_SER()}.
 */
@SuppressWarnings("deprecation") // the older API is what it is for
public final class SocialReceiver extends Receiver<SocialRecord> {
  private static final long serialVersionUID = 1L;
  private static final int BLOCK_RECORDS = 500;
  private static final long LOOK_MILLIS = 50;

  private final String place;
  private final String directory;
  private transient volatile @Nullable Thread thread;

  private SocialReceiver(PlaceUri place, Path directory, StorageLevel level) {
    super(level);
    this.place = place.toString();
    this.directory = directory.toAbsolutePath().toString();
  }

  /**
   * Returns the records of a place, deletions among them.
   *
   * @param place a live stream, a listing that is asked again and again, or {@code replay:FILE}, as
   *     for {@link StreamRecorder#of}; credentials come from the environment of the executor
   * @param journal the directory of the journal, which only this receiver writes, on a disk that
   *     the executor sees and that survives it
   * @param level how Spark keeps what was received
   * @throws IllegalArgumentException if the place holds a password, which a checkpoint would show
   */
  public static JavaReceiverInputDStream<SocialRecord> records(
      JavaStreamingContext context, PlaceUri place, Path journal, StorageLevel level) {
    if (!place.toString().equals(place.withSecrets())) {
      throw new IllegalArgumentException(
          place + " holds a secret, which a checkpoint would show; set it in the environment");
    }
    return context.receiverStream(new SocialReceiver(place, journal, level));
  }

  @Override
  public void onStart() {
    Thread reading = new Thread(this::receive, "social-receiver");
    reading.setDaemon(true);
    thread = reading;
    reading.start();
  }

  @Override
  public void onStop() {
    Thread reading = thread;
    if (reading != null && reading != Thread.currentThread()) {
      reading.interrupt();
      try {
        reading.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private void receive() {
    try (Following following = Following.of(place, Path.of(directory))) {
      while (!isStopped() && !Thread.interrupted()) {
        List<SocialRecord> block = following.next(BLOCK_RECORDS);
        if (block.isEmpty()) {
          Thread.sleep(LOOK_MILLIS);
        } else {
          store(block.iterator()); // returns when Spark has them
          following.taken();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // it is stopped
    } catch (RuntimeException e) {
      restart(place + " could not be received: " + e.getMessage(), e);
    }
  }
}
