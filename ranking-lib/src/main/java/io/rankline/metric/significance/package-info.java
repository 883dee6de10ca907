/** What means over lists are worth: confidence intervals and paired tests. */
@NullMarked
package io.rankline.metric.significance;

import org.jspecify.annotations.NullMarked;
