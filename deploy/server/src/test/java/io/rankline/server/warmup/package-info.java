@NullMarked
package io.rankline.server.warmup;

import org.jspecify.annotations.NullMarked;
