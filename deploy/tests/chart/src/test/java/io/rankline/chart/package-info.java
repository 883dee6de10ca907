/** Helm on the chart of the server. */
@NullMarked
package io.rankline.chart;

import org.jspecify.annotations.NullMarked;
