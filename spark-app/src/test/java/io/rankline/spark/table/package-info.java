@NullMarked
package io.rankline.spark.table;

import org.jspecify.annotations.NullMarked;
