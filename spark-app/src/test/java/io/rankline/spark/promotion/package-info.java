@NullMarked
package io.rankline.spark.promotion;

import org.jspecify.annotations.NullMarked;
