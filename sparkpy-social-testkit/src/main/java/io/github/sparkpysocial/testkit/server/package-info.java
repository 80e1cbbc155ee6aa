/**
 * Databases for tests, started for real on loopback and without Docker. Each needs its own jars,
 * which the testkit does not bring.
 */
@NullMarked
package io.github.sparkpysocial.testkit.server;

import org.jspecify.annotations.NullMarked;
