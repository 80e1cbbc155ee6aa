package io.github.sparkpysocial.live;

import io.github.sparkpysocial.client.RecordSource;
import io.github.sparkpysocial.model.Network;
import io.github.sparkpysocial.place.PlaceUri;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What a network sends as it happens: how one connection is opened, what its frames mean, and what
 * the network documents about connecting again.
 *
 * <p>Safe for use by several threads.
 */
public interface LiveSource extends AutoCloseable {

  /** Returns the place, without secrets when printed. */
  PlaceUri uri();

  /** Returns the network. */
  Network network();

  /** Returns what the network documents about its stream. */
  LiveTraits traits();

  /**
   * Opens a connection.
   *
   * @param resumeAt the {@link LiveMessage#resumeAt() mark} of the last message that was taken, or
   *     {@code null} to begin now. Ignored where {@link LiveTraits#lookback()} is zero
   * @throws LiveRefusedException if the server refuses, with what to do about it
   * @throws IOException if it cannot be reached
   * @throws InterruptedException if the thread is interrupted
   */
  LiveConnection connect(@Nullable String resumeAt) throws IOException, InterruptedException;

  /**
   * Reads a frame. Never fails: what cannot be read is in {@link LiveMessage#rejected()}, with its
   * raw text.
   */
  LiveMessage decode(Frame frame);

  /**
   * Opens the listing that brings what was missed, where the network has one.
   *
   * @return the listing, or {@code null} if the network has none for this stream
   */
  @Nullable RecordSource backfill(Hole hole);

  /**
   * Returns how long after something happened the listing of {@link #backfill} is sure to show it.
   * X's recent search, for one, leaves out the last half minute. Default: one minute.
   */
  default Duration settling() {
    return Duration.ofMinutes(1);
  }

  /** Releases what is held. Closing twice does nothing. */
  @Override
  void close();
}
