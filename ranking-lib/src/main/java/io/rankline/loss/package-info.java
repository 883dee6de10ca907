/**
 * Training objectives over ranked lists, with their gradients. Plain Java on arrays, accumulated in
 * double: a loss knows neither ND4J nor DL4J and runs unchanged on executors.
 */
@NullMarked
package io.rankline.loss;

import org.jspecify.annotations.NullMarked;
