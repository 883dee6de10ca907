/**
 * Files on any storage that Hadoop opens, and the faults of what is in them.
 *
 * <p>Start at {@link io.rankline.io.Storage}. Rooms below: {@code tfrecord} frames records, {@code
 * example} parses and writes {@code tf.Example}, {@code record} has the record formats, {@code
 * libsvm} the text format.
 *
 * <p>Faults in data are a {@link io.rankline.io.CorruptRecordException} with file, record number
 * (from 0), byte offset and, where there is one, feature.
 */
@NullMarked
package io.rankline.io;

import org.jspecify.annotations.NullMarked;
