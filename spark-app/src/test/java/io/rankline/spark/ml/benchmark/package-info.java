/** What Spark ML's stages cost beside what they do the work with. */
@NullMarked
package io.rankline.spark.ml.benchmark;

import org.jspecify.annotations.NullMarked;
