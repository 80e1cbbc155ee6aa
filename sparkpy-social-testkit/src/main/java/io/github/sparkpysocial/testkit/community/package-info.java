/**
 * A seeded community of invented people around a data engine, with known truth. Start with {@link
 * io.github.sparkpysocial.testkit.community.Community}; {@link
 * io.github.sparkpysocial.testkit.sandbox.Sandbox} serves it over HTTP as the networks would.
 */
@NullMarked
package io.github.sparkpysocial.testkit.community;

import org.jspecify.annotations.NullMarked;
