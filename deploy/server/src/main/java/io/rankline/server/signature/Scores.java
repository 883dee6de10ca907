package io.rankline.server.signature;

import java.util.SortedMap;

/**
 * What a signature answered.
 *
 * @param outputs rows of each output, in the order of the request
 * @param single whether a row is one number, without brackets
 * @param items how many scores there are in an output
 */
public record Scores(SortedMap<String, float[][]> outputs, boolean single, long items) {}
