/** What requests did, counted, and the text that Prometheus reads. */
@NullMarked
package io.rankline.server.metrics;

import org.jspecify.annotations.NullMarked;
