/** How a request ends: the codes of TensorFlow Serving, and the exception that carries one. */
@NullMarked
package io.rankline.server.status;

import org.jspecify.annotations.NullMarked;
