/**
 * What the stages of this module share; not for use elsewhere, and free to change in any release.
 */
@NullMarked
package io.github.sparkpysocial.ml.internal;

import org.jspecify.annotations.NullMarked;
