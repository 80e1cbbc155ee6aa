/**
 * X, formerly Twitter: search and look-up through API v2. Open its listings by URI, such as {@code
 * x:search?q=apache+spark}; {@link io.github.sparkpysocial.connectors.x.XSourceProvider} lists
 * them.
 */
@NullMarked
package io.github.sparkpysocial.connectors.x;

import org.jspecify.annotations.NullMarked;
