/**
 * What networks are asked and how they answer: a {@link
 * io.github.sparkpysocial.client.RecordSource} fetches one page at a time, each with the cursor of
 * the next, so that a harvest can stop after any page and go on later.
 */
@NullMarked
package io.github.sparkpysocial.client;

import org.jspecify.annotations.NullMarked;
