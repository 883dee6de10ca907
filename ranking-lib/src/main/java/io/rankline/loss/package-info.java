/**
 * Training objectives over ranked lists, with their gradients. Plain Java on arrays, accumulated in
 * double: a loss knows neither ND4J nor DL4J and runs unchanged on executors.
 *
 * <p>Start at {@link io.rankline.loss.LossKey}, the list of everything this package offers; each
 * key names one record that holds the parameters and the formula of one loss. A {@link
 * io.rankline.loss.LossObjective} applies one or several of them to a {@link
 * io.rankline.loss.LossBatch}.
 *
 * <p>All losses share these conventions:
 *
 * <ul>
 *   <li>B is the number of lists in a batch, L the padded list length, M the number of scores of an
 *       item (1 unless the loss says otherwise), n the number of valid items of one list.
 *   <li>An item is valid if the mask is true there; without a mask, if its label is 0 or more. A
 *       loss sees the valid items only; the gradient at every other item is exactly 0. With a mask,
 *       labels below 0 are labels like others, except that {@link io.rankline.loss.form.LossFamily}
 *       may give the item weight 0.
 *   <li>A loss is minimised: a smaller value is better, and losses built on a metric are its
 *       negative. {@code ln} is the natural logarithm. Ranks start at 1.
 *   <li>s is a score divided by the temperature, y a label, w a weight; gradients are with respect
 *       to the scores before that division.
 *   <li>Items with equal scores, or labels where those define an order, keep the order in which
 *       they stand in the list, unless {@link io.rankline.data.TieOrder} asks for a random one.
 * </ul>
 */
@NullMarked
package io.rankline.loss;

import org.jspecify.annotations.NullMarked;
