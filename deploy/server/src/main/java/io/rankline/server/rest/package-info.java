/**
 * TensorFlow Serving's REST API, and plain JSON beside it: from method, path and body to status and
 * answer, without HTTP.
 *
 * <p>Start at {@link io.rankline.server.rest.RestApi}.
 */
@NullMarked
package io.rankline.server.rest;

import org.jspecify.annotations.NullMarked;
