/**
 * Layers and vertices for DeepLearning4J's computation graphs, made for lists.
 *
 * <p>Every class here is a configuration: it is put into a graph and written to JSON with it, so
 * saved networks hold its name and its fields, and neither may change. What computes is made of it
 * in the sub-rooms: {@code vertex} for vertices, {@code trained} for layers with parameters, {@code
 * loss} for the output layer. Arithmetic is the kernel's.
 *
 * <p>Conventions of the room:
 *
 * <ul>
 *   <li>B is the number of lists, L the padded list length, N the number of valid items of all
 *       lists.
 *   <li><i>Rows</i> are arrays [N, width]: the valid items only, list after list. FlattenList makes
 *       them and RestoreList goes back, so nothing between the two sees padding.
 *   <li>A mask is a graph input [B, L], 1 at an item and 0 at padding. It is the last input of
 *       whatever takes it.
 * </ul>
 */
@NullMarked
package io.rankline.model.layer;

import org.jspecify.annotations.NullMarked;
