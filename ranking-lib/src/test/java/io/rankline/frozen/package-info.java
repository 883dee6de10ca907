@NullMarked
package io.rankline.frozen;

import org.jspecify.annotations.NullMarked;
