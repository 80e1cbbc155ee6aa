@NullMarked
package io.github.sparkpysocial.viz.wordcloud;

import org.jspecify.annotations.NullMarked;
