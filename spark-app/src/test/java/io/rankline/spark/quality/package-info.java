@NullMarked
package io.rankline.spark.quality;

import org.jspecify.annotations.NullMarked;
