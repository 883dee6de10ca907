/** TFRecord framing: records with their length and checksums, and TensorBoard's event files. */
@NullMarked
package io.rankline.io.tfrecord;

import org.jspecify.annotations.NullMarked;
