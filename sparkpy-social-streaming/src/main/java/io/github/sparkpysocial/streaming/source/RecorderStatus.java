package io.github.sparkpysocial.streaming.source;

/**
 * How a recorder fares, since it was started.
 *
 * @param records how many records came, deletions included
 * @param rejected how many items could not be read; they are in the journal with their bytes
 * @param repeated how many records of a recording were left out, as it has a newer version of them,
 *     or the same again; known at its end
 * @param connections how often the source was connected
 * @param holes in how many times something may have been missed, those left by earlier recorders
 *     included
 * @param filled how many of these were filled
 * @param waiting how many of these are still to be filled
 * @param connected whether the source is connected
 * @param ended whether no more will come
 * @param quietNanos for how long nothing came
 */
public record RecorderStatus(
    long records,
    long rejected,
    long repeated,
    long connections,
    long holes,
    long filled,
    long waiting,
    boolean connected,
    boolean ended,
    long quietNanos) {}
