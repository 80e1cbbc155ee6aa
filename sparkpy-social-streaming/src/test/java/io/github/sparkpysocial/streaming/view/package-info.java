@NullMarked
package io.github.sparkpysocial.streaming.view;

import org.jspecify.annotations.NullMarked;
