/** What the pages of the documentation tell a reader to do, done. */
@NullMarked
package io.github.sparkpysocial.samples.docs;

import org.jspecify.annotations.NullMarked;
