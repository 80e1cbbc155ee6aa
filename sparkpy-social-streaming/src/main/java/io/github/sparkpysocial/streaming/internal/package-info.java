/** What rooms of this module share; no promise to anybody else. */
@NullMarked
package io.github.sparkpysocial.streaming.internal;

import org.jspecify.annotations.NullMarked;
