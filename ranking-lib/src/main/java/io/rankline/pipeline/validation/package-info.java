/** Loss and metrics of a model on a data set. */
@NullMarked
package io.rankline.pipeline.validation;

import org.jspecify.annotations.NullMarked;
