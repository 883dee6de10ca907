/** Tests of means over lists. */
@NullMarked
package io.rankline.metric.evaluation;

import org.jspecify.annotations.NullMarked;
