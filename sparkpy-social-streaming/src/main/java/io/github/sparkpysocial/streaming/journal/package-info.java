/**
 * What cannot be asked for twice, written down first: an append-only log of segment files with
 * checksums, so that a live stream has offsets, can be replayed, and survives the death of the
 * process that takes it. {@link io.github.sparkpysocial.streaming.journal.Journal} writes, {@link
 * io.github.sparkpysocial.streaming.journal.JournalReader} reads and follows.
 */
@NullMarked
package io.github.sparkpysocial.streaming.journal;

import org.jspecify.annotations.NullMarked;
