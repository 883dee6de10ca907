/**
 * What clicks say about the positions at which items were shown, and the losses that correct for
 * it. Positions start at 1.
 */
@NullMarked
package io.rankline.loss.click;

import org.jspecify.annotations.NullMarked;
