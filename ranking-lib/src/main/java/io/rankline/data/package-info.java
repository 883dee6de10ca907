/**
 * One query with its items, and batches of them.
 *
 * <p>Start at {@link io.rankline.data.RankingList}, one query as a codec reads it, and {@link
 * io.rankline.data.ListBatch}, many of them padded to one length. {@link
 * io.rankline.data.ListLayout} says which column holds what.
 *
 * <p>Letters for dimensions, here and in every other room:
 *
 * <ul>
 *   <li><b>B</b> queries of a batch, <b>L</b> padded list length, <b>N</b> items of one list.
 *   <li><b>F</b> columns of dense example features, <b>C</b> columns of dense context features.
 *   <li><b>K</b> rank cut-off, <b>T</b> label columns (tasks).
 * </ul>
 *
 * <p>Arrays are flat and row-major: {@code [B, L, F]} is one {@code float[B * L * F]}. Columns are
 * sorted by feature name. Valid items come first. The label at padding is -1.
 */
@NullMarked
package io.rankline.data;

import org.jspecify.annotations.NullMarked;
