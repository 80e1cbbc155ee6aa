package io.github.sparkpysocial.streaming.source;

/** What brings records into a journal, on the one thread of a recorder. */
interface Feed {
  /** Returns the source, without secrets. */
  String place();

  /**
   * Brings what comes until it is stopped or there is no more.
   *
   * @throws io.github.sparkpysocial.SocialException if the source is refused for good or the
   *     journal cannot be written
   */
  void run(RecorderIntake intake);

  /** Lets {@link #run} end soon; any thread may call it. */
  void stop();

  /** Releases the source. */
  void close();
}
