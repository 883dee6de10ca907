@NullMarked
package io.rankline.spark.ml;

import org.jspecify.annotations.NullMarked;
