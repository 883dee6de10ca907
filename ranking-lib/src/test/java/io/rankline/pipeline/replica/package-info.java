@NullMarked
package io.rankline.pipeline.replica;

import org.jspecify.annotations.NullMarked;
