package io.github.sparkpysocial.streaming.alert;

import java.io.IOException;

/**
 * Where alerts are told. Called with one alert after the other, in the order of the file of an
 * {@link AlertSink}, on the thread of its query.
 */
@FunctionalInterface
public interface AlertChannel {

  /**
   * Tells an alert. An alert may come again if the process was killed just then; it has the same
   * {@link Alert#id()}.
   *
   * @throws IOException if it cannot be told now; it is tried again with the next batch, and what
   *     comes after it waits
   * @throws InterruptedException if the thread is interrupted; it is tried again after a restart
   */
  void tell(Alert alert) throws IOException, InterruptedException;
}
