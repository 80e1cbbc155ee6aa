@NullMarked
package io.github.sparkpysocial.testkit;

import org.jspecify.annotations.NullMarked;
