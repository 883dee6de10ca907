@NullMarked
package io.rankline.model.kernel.packed;

import org.jspecify.annotations.NullMarked;
