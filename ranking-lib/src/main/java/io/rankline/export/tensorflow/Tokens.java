package io.rankline.export.tensorflow;

import io.rankline.feature.DType;

/**
 * The tokens of a feature in all rows, one after the other.
 *
 * @param feature its name
 * @param type string or int64
 * @param values the tokens, [T]
 * @param owners which row each belongs to, ascending, int64 [T]
 * @param rows number of rows, an int64
 */
record Tokens(String feature, DType type, String values, String owners, String rows) {}
