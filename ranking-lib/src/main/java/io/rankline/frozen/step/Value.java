package io.rankline.frozen.step;

/**
 * What a vertex has computed: rows of {@code width} floats, one after the other.
 *
 * @param place its place among the values of the network
 * @param width columns
 * @param axis what its rows are
 */
public record Value(int place, int width, Axis axis) {}
