package io.github.sparkpysocial.ml.network;

import java.io.Serializable;

/**
 * Somebody whom others turn to. The ranks are those among the accounts of the same network, so that
 * large and small networks compare; equal ones share a rank.
 *
 * @param key the key of the account
 * @param network its network
 * @param name what to show
 * @param pageRankRank the rank by PageRank
 * @param reachRank the rank by how many different accounts turned to it
 * @param weightRank the rank by how many times they did
 * @param score the sum of {@code 1 / (60 + rank)} over the three (Cormack, Clarke and Büttcher
 *     2009, "Reciprocal rank fusion outperforms Condorcet and individual rank learning methods")
 */
public record Influencer(
    String key,
    String network,
    String name,
    long pageRankRank,
    long reachRank,
    long weightRank,
    double score)
    implements Serializable {}
