package io.github.sparkpysocial.ml.network;

import java.io.Serializable;

/**
 * What a network is like as a whole.
 *
 * @param vertices how many accounts and things there are
 * @param edges how many pairs of them have one or more edges in a direction
 * @param interactions how many times somebody did something
 * @param components how many parts there are between which there is no edge
 * @param largestComponent how many vertices the largest has
 * @param communities how many communities there are
 * @param largestCommunity how many vertices the largest has
 * @param modularity how much more of the weight lies within communities than by chance (Newman and
 *     Girvan 2004, "Finding and evaluating community structure in networks", eq. 5, with weights
 *     and without directions), from -.5 to 1
 * @param triangles how many three vertices all have edges to each other, whatever the direction
 */
public record NetworkReport(
    long vertices,
    long edges,
    long interactions,
    long components,
    long largestComponent,
    long communities,
    long largestCommunity,
    double modularity,
    long triangles)
    implements Serializable {}
