package io.rankline.spark.sweep.place;

import io.rankline.config.PackedRun;
import java.io.Serializable;

/**
 * A run, as an executor receives it.
 *
 * @param run what it is
 * @param threads that it computes with
 * @param neighbours how many runs an executor may have at a time, this one included
 */
record TrialJob(PackedRun run, int threads, int neighbours) implements Serializable {}
