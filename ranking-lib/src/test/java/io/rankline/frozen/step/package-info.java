@NullMarked
package io.rankline.frozen.step;

import org.jspecify.annotations.NullMarked;
