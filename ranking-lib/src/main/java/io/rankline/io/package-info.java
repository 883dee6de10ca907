/**
 * Bytes to lists and back: TFRecord framing, the codecs of the record formats, LibSVM, and the
 * files they live in.
 *
 * <p>Start at {@code RecordFormat}, the list of record formats, and {@code
 * io.rankline.io.TfRecordReader}.
 *
 * <p>Faults in data are told by {@link io.rankline.io.CorruptRecordException} with file, record
 * number (from 0), byte offset and, where there is one, feature.
 */
@NullMarked
package io.rankline.io;

import org.jspecify.annotations.NullMarked;
