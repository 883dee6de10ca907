/** How the settings of a Spark application reach the files that Rankline itself opens. */
@NullMarked
package io.rankline.spark.storage;

import org.jspecify.annotations.NullMarked;
