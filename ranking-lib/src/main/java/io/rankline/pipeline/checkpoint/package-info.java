/**
 * Checkpoints of a training in progress, so that it continues after a crash as if there had been
 * none.
 *
 * <p>Every draw of a training is a function of its seed and the step, so a checkpoint needs no
 * state of a random generator.
 */
@NullMarked
package io.rankline.pipeline.checkpoint;

import org.jspecify.annotations.NullMarked;
