/** The ring of ranks, on real sockets: what it sums, and what it does when something goes wrong. */
@NullMarked
package io.rankline.spark.training.collective;

import org.jspecify.annotations.NullMarked;
