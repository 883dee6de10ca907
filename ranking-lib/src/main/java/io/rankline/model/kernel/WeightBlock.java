package io.rankline.model.kernel;

import org.bytedeco.javacpp.FloatPointer;

/**
 * Weights from a range of input columns to a range of output columns.
 *
 * @param firstInput first input column
 * @param inputs number of input columns
 * @param firstOutput first output column
 * @param outputs number of output columns
 * @param offset where the block stands among the weights of all blocks
 * @param weights [outputs, inputs], row by row
 */
record WeightBlock(
    int firstInput, int inputs, int firstOutput, int outputs, int offset, FloatPointer weights) {}
