/** How fast models are. */
@NullMarked
package io.rankline.model.benchmark;

import org.jspecify.annotations.NullMarked;
