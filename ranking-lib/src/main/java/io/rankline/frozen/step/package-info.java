/** What the vertices of a network compute when it scores. */
@NullMarked
package io.rankline.frozen.step;

import org.jspecify.annotations.NullMarked;
