@NullMarked
package io.rankline.spark.source;

import org.jspecify.annotations.NullMarked;
