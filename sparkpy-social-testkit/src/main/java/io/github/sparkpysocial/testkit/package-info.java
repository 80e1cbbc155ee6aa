/**
 * Help for tests, ours and our users': {@link io.github.sparkpysocial.testkit.sandbox.Sandbox} is
 * the networks on this machine, {@link io.github.sparkpysocial.testkit.community.Community} the
 * people on them, {@link io.github.sparkpysocial.testkit.time.SettableClock} time that a test
 * moves, {@link io.github.sparkpysocial.testkit.SharedSparkSession} a Spark session for JUnit. Only
 * the last needs Spark on the class path.
 */
@NullMarked
package io.github.sparkpysocial.testkit;

import org.jspecify.annotations.NullMarked;
