@NullMarked
package io.rankline.spark.cli;

import org.jspecify.annotations.NullMarked;
