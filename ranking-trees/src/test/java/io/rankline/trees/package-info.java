@NullMarked
package io.rankline.trees;

import org.jspecify.annotations.NullMarked;
