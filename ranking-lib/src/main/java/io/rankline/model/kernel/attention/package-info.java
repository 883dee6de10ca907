/**
 * Attention of lists over their own items. Start at {@link
 * io.rankline.model.kernel.attention.Attention}.
 */
@NullMarked
package io.rankline.model.kernel.attention;

import org.jspecify.annotations.NullMarked;
