/**
 * Made-up ranking logs as ELWC files.
 *
 * <p>Start at {@link io.rankline.spark.synthetic.SyntheticFiles}.
 */
@NullMarked
package io.rankline.spark.synthetic;

import org.jspecify.annotations.NullMarked;
