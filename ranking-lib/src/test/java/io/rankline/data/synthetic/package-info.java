@NullMarked
package io.rankline.data.synthetic;

import org.jspecify.annotations.NullMarked;
