@NullMarked
package io.rankline.server.benchmark;

import org.jspecify.annotations.NullMarked;
