@NullMarked
package io.rankline.io.tensor.bundle;

import org.jspecify.annotations.NullMarked;
