@NullMarked
package io.rankline.server.message;

import org.jspecify.annotations.NullMarked;
