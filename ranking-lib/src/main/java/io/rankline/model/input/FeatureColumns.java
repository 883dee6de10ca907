package io.rankline.model.input;

import java.io.Serializable;

/**
 * The columns of one feature in a dense block of a model's inputs.
 *
 * @param name feature name
 * @param first its first column
 * @param width number of columns, 1 or more
 */
public record FeatureColumns(String name, int first, int width) implements Serializable {}
