@NullMarked
package io.github.sparkpysocial.samples.gallery;

import org.jspecify.annotations.NullMarked;
