/**
 * The programs of the book "Spark for Python Developers" (2015), in Java: each one idea, each runs
 * offline on the sandbox. {@code docs/book.md} goes through them by chapter.
 */
@NullMarked
package io.github.sparkpysocial.samples.book;

import org.jspecify.annotations.NullMarked;
