/**
 * What layers with parameters are made of: {@link io.rankline.model.layer.trained.RowsLayer} is the
 * configuration, its parameters are {@link io.rankline.model.layer.trained.NamedParameters}, and
 * what computes hands arrays on to the kernel.
 */
@NullMarked
package io.rankline.model.layer.trained;

import org.jspecify.annotations.NullMarked;
