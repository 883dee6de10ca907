/**
 * Records become rows: a file is opened, its records are decoded, and a row is written for each
 * list or item.
 *
 * <p>Start at {@link io.rankline.spark.source.read.ListScan}.
 */
@NullMarked
package io.rankline.spark.source.read;

import org.jspecify.annotations.NullMarked;
