/** What a step of an optimizer costs. */
@NullMarked
package io.rankline.model.optimizer.benchmark;

import org.jspecify.annotations.NullMarked;
