@NullMarked
package io.rankline.server.batch;

import org.jspecify.annotations.NullMarked;
