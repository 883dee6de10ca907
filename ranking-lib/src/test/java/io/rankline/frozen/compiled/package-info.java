@NullMarked
package io.rankline.frozen.compiled;

import org.jspecify.annotations.NullMarked;
