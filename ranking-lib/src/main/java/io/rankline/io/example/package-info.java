/**
 * The message {@code tf.Example} on the wire: features to columns without message objects, and
 * back.
 */
@NullMarked
package io.rankline.io.example;

import org.jspecify.annotations.NullMarked;
