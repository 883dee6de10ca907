/**
 * HTTP around the REST API: connections, bodies, limits, the queue in front of the scorers, health
 * and metrics. Nothing here waits on a thread for a client.
 *
 * <p>Start at {@link io.rankline.server.http.ModelServer}.
 */
@NullMarked
package io.rankline.server.http;

import org.jspecify.annotations.NullMarked;
