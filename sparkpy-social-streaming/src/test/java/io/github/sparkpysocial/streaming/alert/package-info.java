@NullMarked
package io.github.sparkpysocial.streaming.alert;

import org.jspecify.annotations.NullMarked;
