/** Where the runs of a sweep are trained: processes of this machine, or executors of a cluster. */
@NullMarked
package io.rankline.spark.sweep.place;

import org.jspecify.annotations.NullMarked;
