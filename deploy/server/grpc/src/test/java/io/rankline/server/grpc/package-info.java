@NullMarked
package io.rankline.server.grpc;

import org.jspecify.annotations.NullMarked;
