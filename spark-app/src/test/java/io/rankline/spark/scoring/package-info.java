@NullMarked
package io.rankline.spark.scoring;

import org.jspecify.annotations.NullMarked;
