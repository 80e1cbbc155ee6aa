/**
 * Word clouds: weighted terms, laid out the same for PNG, SVG and HTML. Start with {@link
 * io.github.sparkpysocial.viz.wordcloud.WordCloud}.
 */
@NullMarked
package io.github.sparkpysocial.viz.wordcloud;

import org.jspecify.annotations.NullMarked;
