/**
 * Requests to any server of models, many at once, and how they ended.
 *
 * <p>Start at {@link io.rankline.server.load.LoadTest}.
 */
@NullMarked
package io.rankline.server.load;

import org.jspecify.annotations.NullMarked;
