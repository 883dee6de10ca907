/**
 * Sweeps: many trainings side by side on this machine, each in a JVM of its own, and their outcome
 * as files, page and text.
 *
 * <p>Start at {@link io.rankline.spark.sweep.Sweep}. Processes rather than threads, since OpenBLAS
 * has one number of threads for a whole process, and a run that dies ends no other.
 */
@NullMarked
package io.rankline.spark.sweep;

import org.jspecify.annotations.NullMarked;
