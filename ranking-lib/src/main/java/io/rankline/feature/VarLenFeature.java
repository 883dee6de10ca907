package io.rankline.feature;

/**
 * A feature of any number of values, read as a sparse tensor: [B, n] in the context, [B, L, n] in
 * examples. A record without it has no value.
 *
 * @param dtype type of every value
 */
public record VarLenFeature(DType dtype) implements FeatureSpec {}
