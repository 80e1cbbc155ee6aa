/**
 * What a post says: its whole text, and what that text refers to. Start with {@link
 * io.github.sparkpysocial.text.TextEntities}.
 */
@NullMarked
package io.github.sparkpysocial.text;

import org.jspecify.annotations.NullMarked;
