/**
 * JSON as TensorFlow Serving reads and writes it, which no library does: its parser also takes
 * {@code NaN}, {@code Inf}, {@code Infinity} and bytes that are no UTF-8, says by which byte and
 * rule a text is refused, and its answers have white space and numbers of their own.
 *
 * <p>Start at {@link io.rankline.server.json.JsonParser}, which makes a tree of {@link
 * io.rankline.server.json.Json}, and at {@link io.rankline.server.json.JsonWriter}.
 */
@NullMarked
package io.rankline.server.json;

import org.jspecify.annotations.NullMarked;
