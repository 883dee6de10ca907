/**
 * Sweeps: many trainings side by side on this machine, each in a JVM of its own.
 *
 * <p>Start at {@link io.rankline.spark.cli.sweep.Sweep}. Processes rather than threads, since
 * OpenBLAS has one number of threads for a whole process, and a run that dies takes no other along.
 */
@NullMarked
package io.rankline.spark.cli.sweep;

import org.jspecify.annotations.NullMarked;
