/**
 * The one seam to the network. An {@link io.github.sparkpysocial.http.HttpTransport} sends a
 * request and returns the answer; {@link io.github.sparkpysocial.http.JdkHttpTransport} is the
 * default. Limits, recordings and fakes are transports around a transport. Nothing here prints a
 * secret.
 */
@NullMarked
package io.github.sparkpysocial.http;

import org.jspecify.annotations.NullMarked;
