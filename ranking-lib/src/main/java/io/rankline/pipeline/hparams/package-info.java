/** Hyperparameters of data sets and of trainings, checked when they are made. */
@NullMarked
package io.rankline.pipeline.hparams;

import org.jspecify.annotations.NullMarked;
