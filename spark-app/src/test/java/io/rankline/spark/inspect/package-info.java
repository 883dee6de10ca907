@NullMarked
package io.rankline.spark.inspect;

import org.jspecify.annotations.NullMarked;
