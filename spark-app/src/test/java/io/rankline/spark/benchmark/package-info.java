/** What the parts of the application cost; each class says which question it answers. */
@NullMarked
package io.rankline.spark.benchmark;

import org.jspecify.annotations.NullMarked;
