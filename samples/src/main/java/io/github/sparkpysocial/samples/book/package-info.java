/**
 * Walks of the book "Spark for Python Developers", in Java: what it did by hand on nested tweets,
 * and what the library does instead.
 */
@NullMarked
package io.github.sparkpysocial.samples.book;

import org.jspecify.annotations.NullMarked;
