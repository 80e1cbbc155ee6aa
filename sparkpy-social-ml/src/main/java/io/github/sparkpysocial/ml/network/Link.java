package io.github.sparkpysocial.ml.network;

import java.io.Serializable;

/**
 * An edge, ready to be drawn: all that one did to the other.
 *
 * @param source the key of who did it
 * @param target the key of whom or what it was done to
 * @param weight how many times
 */
public record Link(String source, String target, long weight) implements Serializable {}
