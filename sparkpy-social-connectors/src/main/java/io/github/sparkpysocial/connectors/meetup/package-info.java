/**
 * Meetup: groups, their events, who belongs to them and who comes. Open its listings by URI, such
 * as {@code meetup:London-Machine-Learning-Meetup/events}; {@link
 * io.github.sparkpysocial.connectors.meetup.MeetupSourceProvider} lists them.
 */
@NullMarked
package io.github.sparkpysocial.connectors.meetup;

import org.jspecify.annotations.NullMarked;
