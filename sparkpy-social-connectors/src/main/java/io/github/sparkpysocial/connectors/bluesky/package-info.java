/**
 * Bluesky and the AT Protocol: search, the posts of an account, profiles, and Jetstream, the stream
 * of everything. Open its listings by URI, such as {@code bluesky:search?q=apache+spark}, which
 * needs no key; {@link io.github.sparkpysocial.connectors.bluesky.BlueskySourceProvider} lists
 * them.
 *
 * <p><b>Ids.</b> The id of a post is its AT-URI, which begins with the DID of its author and never
 * changes; the id of an account is its DID. Handles are names that people change.
 *
 * <p><b>Times.</b> Apps write what they like as the time of a post. One before the year 2000, or
 * after the network saw the post, is not believed: then {@code createdAt} is when the network saw
 * it, and {@code createdAtText} what the app wrote.
 */
@NullMarked
package io.github.sparkpysocial.connectors.bluesky;

import org.jspecify.annotations.NullMarked;
