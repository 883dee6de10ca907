/**
 * From data set builders and hyperparameters to a trained model.
 *
 * <p>Start at {@link io.rankline.pipeline.SimplePipeline}. Rooms below: {@code hparams} says what
 * is trained how, {@code dataset} gives lists, {@code session} takes steps, {@code validation}
 * measures, {@code callback} is called after steps and epochs, {@code checkpoint} keeps a training
 * that is interrupted, {@code report} shows what came of it, {@code input} reads files, and {@code
 * replica} holds copies of a model that train together.
 */
@NullMarked
package io.rankline.pipeline;

import org.jspecify.annotations.NullMarked;
