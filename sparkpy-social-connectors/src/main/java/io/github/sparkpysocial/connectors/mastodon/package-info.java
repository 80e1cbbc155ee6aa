/**
 * Mastodon, any instance: timelines of everybody and of tags, the posts of an account, search and
 * live streams. Open its listings by URI, such as {@code
 * mastodon:mastodon.social/tags/apachespark}, which needs no token; {@link
 * io.github.sparkpysocial.connectors.mastodon.MastodonSourceProvider} methods.
 *
 * <p><b>Ids.</b> Each instance numbers posts and accounts for itself. So that a post seen through
 * two instances is one record, its id is the instance where it was written and its id there, {@code
 * mastodon.social/109348677773283527}, as its federated address tells; that is also what a deletion
 * on that instance names. Where another program's address does not tell, the address is the id. The
 * id of an account is its name and the host of its page, {@code alice@mastodon.social}. Of the post
 * that a reply answers, an instance tells its own number alone: {@code inReplyToId} is the instance
 * asked and that number, the id of the target if it was written there.
 */
@NullMarked
package io.github.sparkpysocial.connectors.mastodon;

import org.jspecify.annotations.NullMarked;
