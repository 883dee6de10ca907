@NullMarked
package io.rankline.model.kernel.bfloat16;

import org.jspecify.annotations.NullMarked;
