/**
 * Many figures, tables and numbers on one page, which is one file. Start with {@link
 * io.github.sparkpysocial.viz.dashboard.Dashboard#builder(String)}.
 */
@NullMarked
package io.github.sparkpysocial.viz.dashboard;

import org.jspecify.annotations.NullMarked;
