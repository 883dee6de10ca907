/**
 * The record formats: ELWC, EIE, SequenceExample, tf.Example.
 *
 * <p>Start at {@link io.rankline.io.record.RecordFormat}, the list of them.
 */
@NullMarked
package io.rankline.io.record;

import org.jspecify.annotations.NullMarked;
