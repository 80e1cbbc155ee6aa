package io.github.sparkpysocial.ml.internal;

/**
 * A sparse vector over the terms that are known. Takes the arrays as they are.
 *
 * @param indices where it has values, in ascending order
 * @param values the value at each
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record TermVector(int[] indices, double[] values) {}
