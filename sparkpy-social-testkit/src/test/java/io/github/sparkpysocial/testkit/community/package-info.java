@NullMarked
package io.github.sparkpysocial.testkit.community;

import org.jspecify.annotations.NullMarked;
