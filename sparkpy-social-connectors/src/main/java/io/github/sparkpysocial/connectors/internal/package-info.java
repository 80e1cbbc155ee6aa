/** What the clients of several networks share. Not for use from outside. */
@NullMarked
package io.github.sparkpysocial.connectors.internal;

import org.jspecify.annotations.NullMarked;
