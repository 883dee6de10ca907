/**
 * From data set builders and hyperparameters to a trained model: pipelines, callbacks, strategies.
 */
@NullMarked
package io.rankline.pipeline;

import org.jspecify.annotations.NullMarked;
