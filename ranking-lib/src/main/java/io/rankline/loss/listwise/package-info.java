/**
 * Losses of whole lists. {@link io.rankline.loss.listwise.ListwiseLoss} weighs the list; a loss is
 * one number for it.
 */
@NullMarked
package io.rankline.loss.listwise;

import org.jspecify.annotations.NullMarked;
