package io.github.sparkpysocial.transfer;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a transfer did.
 *
 * @param read records read from the source, each key once
 * @param written records that were new to the target or replaced an older version there
 * @param unchanged records that the target had already, or that a tombstone keeps away there
 * @param deleted records that a tombstone removed from the target
 * @param quarantined items set aside on either side
 * @param path the steps that were taken, for people
 * @param verified whether the target was found to hold every record of the source, or {@code null}
 *     if that was not asked for
 */
public record TransferReport(
    long read,
    long written,
    long unchanged,
    long deleted,
    long quarantined,
    List<String> path,
    @Nullable Boolean verified) {

  public TransferReport {
    path = List.copyOf(path);
  }
}
