/**
 * Rows of a Spark table as ranking lists: what each column is, which rows make a list, and in which
 * order lists and items come.
 *
 * <p>Start at {@link io.rankline.spark.table.RankingTable}, which says what the columns are and
 * makes lists of rows that stand together. {@link io.rankline.spark.table.TableLists} brings the
 * rows of a query together, and {@link io.rankline.spark.table.TableFiles} writes the lists as ELWC
 * files. {@link io.rankline.spark.table.InternalRows} has rows as Spark holds them, which {@link
 * io.rankline.spark.table.UnboxedRow} shows as public ones.
 *
 * <p>A feature, label or weight has the name of its column. A row is one item, with a column that
 * tells queries apart; or it is one list, as the {@code elwc} source gives it: a column of the
 * items holds an array with an element an item.
 *
 * <p><b>Order.</b> Rows of a table have none, so it is made of what they hold, and is the same
 * however they are shuffled and whatever their partitions. Lists come in the order of the hash of
 * their query, items in the order of the hash of what they hold; neither has to do with labels.
 * Where a row is a list, its items keep their order.
 *
 * <p><b>Faults.</b> What the schema shows is refused before anything is read. What rows show is
 * told with column, query and row, all of it after one reading.
 */
@NullMarked
package io.rankline.spark.table;

import org.jspecify.annotations.NullMarked;
