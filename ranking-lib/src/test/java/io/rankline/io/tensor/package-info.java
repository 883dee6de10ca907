@NullMarked
package io.rankline.io.tensor;

import org.jspecify.annotations.NullMarked;
