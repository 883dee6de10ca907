/**
 * Arithmetic on rows, the same for every layer: native memory, threads, draws, and what is made of
 * them tile by tile.
 *
 * <p>Rows are arrays [N, width]. Where floats lie in C order on the processor, they are computed by
 * loops of our own and by OpenBLAS; every other data type and backend takes ND4J calls. Sub-rooms
 * hold what is larger: {@code block} (dense products, batch norm, activation and dropout as one
 * operation), {@code attention}, {@code bag} (embeddings of tokens).
 *
 * <p>Everything here is repeatable bit for bit for a given number of threads: rows are cut the same
 * way every time, sums run in the same order, and draws are a function of where they stand.
 */
@NullMarked
package io.rankline.model.kernel;

import org.jspecify.annotations.NullMarked;
