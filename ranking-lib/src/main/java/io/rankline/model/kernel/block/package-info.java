/**
 * Dense products, batch norm, activation and dropout as one operation, forward and backward.
 *
 * <p>Start at {@link io.rankline.model.kernel.block.RowBlock}. It has two ways of computing the
 * same: one made of ND4J calls, for every data type and device, and one for float32 on the
 * processor, which calls OpenBLAS panel by panel on its own threads and makes its element-wise
 * passes while a panel is still in cache.
 */
@NullMarked
package io.rankline.model.kernel.block;

import org.jspecify.annotations.NullMarked;
