package io.github.sparkpysocial.ml.network;

import java.io.Serializable;

/**
 * A vertex, ready to be drawn.
 *
 * @param key {@code network/id}, or {@code network/@handle} where no id is told
 * @param network the network it is of
 * @param kind the kind of record it stands for, such as {@code account} or {@code repository}
 * @param name what to show: the handle or name, else the id
 * @param community the number of its community; the largest is 0
 * @param weight its PageRank
 */
public record Node(
    String key, String network, String kind, String name, long community, double weight)
    implements Serializable {}
