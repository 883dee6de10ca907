@NullMarked
package io.rankline.spark.sweep;

import org.jspecify.annotations.NullMarked;
