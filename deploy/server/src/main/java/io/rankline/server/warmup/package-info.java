/**
 * Requests that a version answers before those of users.
 *
 * <p>Start at {@link io.rankline.server.warmup.WarmUp}.
 */
@NullMarked
package io.rankline.server.warmup;

import org.jspecify.annotations.NullMarked;
