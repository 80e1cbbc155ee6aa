@NullMarked
package io.github.sparkpysocial.viz.network;

import org.jspecify.annotations.NullMarked;
