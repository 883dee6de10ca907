/** TensorFlow Serving's configuration files, in the text form of protobuf. */
@NullMarked
package io.rankline.server.config;

import org.jspecify.annotations.NullMarked;
