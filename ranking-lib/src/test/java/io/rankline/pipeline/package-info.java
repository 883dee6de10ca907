/** Tests of data sets and training runs. */
@NullMarked
package io.rankline.pipeline;

import org.jspecify.annotations.NullMarked;
