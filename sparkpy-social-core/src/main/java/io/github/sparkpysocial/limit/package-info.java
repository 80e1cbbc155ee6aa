/**
 * Limits that servers set and announce. A {@link
 * io.github.sparkpysocial.limit.RateLimitedTransport} wraps a transport and obeys them: it waits,
 * fails or waits up to a time, as its {@link io.github.sparkpysocial.limit.LimitPolicy} says, and
 * tries again what failed by accident. How a network spells its limits is a {@link
 * io.github.sparkpysocial.limit.LimitDialect}; what is known of them is kept in {@link
 * io.github.sparkpysocial.limit.RateLimits}, which all callers share.
 */
@NullMarked
package io.github.sparkpysocial.limit;

import org.jspecify.annotations.NullMarked;
