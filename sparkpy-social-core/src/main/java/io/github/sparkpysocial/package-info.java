/**
 * The errors of sparkpy-social. {@link io.github.sparkpysocial.SocialException} is the one to
 * catch; its message says what failed and what to do. A caller's mistake is an {@link
 * java.lang.IllegalArgumentException} instead.
 */
@NullMarked
package io.github.sparkpysocial;

import org.jspecify.annotations.NullMarked;
