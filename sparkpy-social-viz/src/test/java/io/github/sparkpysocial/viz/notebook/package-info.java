@NullMarked
package io.github.sparkpysocial.viz.notebook;

import org.jspecify.annotations.NullMarked;
