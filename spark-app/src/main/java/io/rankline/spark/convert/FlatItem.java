package io.rankline.spark.convert;

import java.io.Serializable;

/**
 * One item on its way to its list.
 *
 * @param example serialized Example of the item
 * @param context serialized Example of what all items of the query share
 */
record FlatItem(byte[] example, byte[] context) implements Serializable {}
