package io.github.sparkpysocial.harvest;

import io.github.sparkpysocial.client.Position;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How far a harvest is; sent after each page that is durable.
 *
 * @param pages pages so far in this run
 * @param fetched records so far in this run
 * @param inserted those of them that the store did not have
 * @param requests requests so far in this run
 * @param waited time waited for limits so far in this run
 * @param position where the listing is, or {@code null} if it has no order
 */
public record HarvestProgress(
    long pages,
    long fetched,
    long inserted,
    long requests,
    Duration waited,
    @Nullable Position position) {}
