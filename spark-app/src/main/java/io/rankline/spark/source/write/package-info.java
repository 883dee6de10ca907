/**
 * Rows become records: rows are checked and grouped, lists are collected from them and encoded.
 *
 * <p>Start at {@link io.rankline.spark.source.write.SourceWrite}.
 */
@NullMarked
package io.rankline.spark.source.write;

import org.jspecify.annotations.NullMarked;
