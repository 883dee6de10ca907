/** LibSVM text with query ids: lines to items and items to lists. */
@NullMarked
package io.rankline.io.libsvm;

import org.jspecify.annotations.NullMarked;
