@NullMarked
package io.github.sparkpysocial.samples.book;

import org.jspecify.annotations.NullMarked;
