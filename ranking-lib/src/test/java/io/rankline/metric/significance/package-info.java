/** Tests of intervals and paired tests. */
@NullMarked
package io.rankline.metric.significance;

import org.jspecify.annotations.NullMarked;
