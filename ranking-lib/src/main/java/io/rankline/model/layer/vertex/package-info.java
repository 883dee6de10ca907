/**
 * The one adapter between DL4J's vertices and functions of arrays: a {@link
 * io.rankline.model.layer.vertex.RowsVertex} is the configuration, a {@link
 * io.rankline.model.layer.vertex.RowsFunction} computes.
 */
@NullMarked
package io.rankline.model.layer.vertex;

import org.jspecify.annotations.NullMarked;
