/**
 * The command {@code rankline serve}: options, start and end of the process.
 *
 * <p>Start at {@link io.rankline.server.cli.ServeApp}.
 */
@NullMarked
package io.rankline.server.cli;

import org.jspecify.annotations.NullMarked;
