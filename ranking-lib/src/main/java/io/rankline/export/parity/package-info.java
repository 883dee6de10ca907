/**
 * Proof that what was written for an engine says what the model does: both score the same lists.
 */
@NullMarked
package io.rankline.export.parity;

import org.jspecify.annotations.NullMarked;
