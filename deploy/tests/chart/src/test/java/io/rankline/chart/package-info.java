/** Helm on the chart of the server, and what its image holds. */
@NullMarked
package io.rankline.chart;

import org.jspecify.annotations.NullMarked;
