/** The {@code elwc} data source: ranking records as DataFrames, read and write. */
@NullMarked
package io.rankline.spark.source;

import org.jspecify.annotations.NullMarked;
