package io.rankline.model.kernel.block;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of a {@link RowBlock}, or their gradients.
 *
 * @param weights [inputs, outputs] in 'f' order; for several groups the same of every group, one
 *     after the other, in a vector. Null without a product
 * @param bias [outputs], or null
 * @param gamma scale after normalisation [outputs]; this and the following are null without batch
 *     norm
 * @param beta offset after normalisation [outputs]
 * @param mean running mean [outputs]; its "gradient" is what a step subtracts from it
 * @param variance running variance [outputs], as mean
 */
public record BlockArrays(
    @Nullable INDArray weights,
    @Nullable INDArray bias,
    @Nullable INDArray gamma,
    @Nullable INDArray beta,
    @Nullable INDArray mean,
    @Nullable INDArray variance) {}
