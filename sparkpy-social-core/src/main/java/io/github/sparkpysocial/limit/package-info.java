/**
 * Limits that servers set and announce. A {@link
 * io.github.sparkpysocial.limit.RateLimitedTransport} wraps a transport and obeys them: it waits,
 * fails or waits up to a time, as its {@link io.github.sparkpysocial.limit.LimitPolicy} says, signs
 * requests by the {@link io.github.sparkpysocial.limit.Credential} with the most left, and tries
 * again what failed by accident. How a network spells its limits is a {@link
 * io.github.sparkpysocial.limit.LimitDialect}.
 *
 * <p>What is known of limits is kept in {@link io.github.sparkpysocial.limit.RateLimits}, which all
 * callers of a process share, all processes of a machine if they name a directory, and the workers
 * of a job by a {@link io.github.sparkpysocial.limit.BudgetServer}. Every moment is told by the
 * server's clock; how long it is until then is measured by a clock that nobody sets.
 *
 * <p>What a run may ask at most is a {@link io.github.sparkpysocial.limit.Ceiling}; what may be
 * read and spent in a day, a month or ever is a {@link io.github.sparkpysocial.limit.SpendingCap}.
 */
@NullMarked
package io.github.sparkpysocial.limit;

import org.jspecify.annotations.NullMarked;
