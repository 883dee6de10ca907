/**
 * The gate before production: a candidate takes the place of the model that serves if it is better
 * and nobody's queries lose.
 */
@NullMarked
package io.rankline.spark.promotion;

import org.jspecify.annotations.NullMarked;
