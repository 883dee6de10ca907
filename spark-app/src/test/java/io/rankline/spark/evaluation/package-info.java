@NullMarked
package io.rankline.spark.evaluation;

import org.jspecify.annotations.NullMarked;
