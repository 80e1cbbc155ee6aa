@NullMarked
package io.github.sparkpysocial.testkit.sandbox;

import org.jspecify.annotations.NullMarked;
