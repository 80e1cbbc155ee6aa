/** Projects outside the repository that use the library as its pages tell. */
@NullMarked
package io.github.sparkpysocial.samples.consumer;

import org.jspecify.annotations.NullMarked;
