/**
 * What every loss is made of: {@link io.rankline.loss.form.RankingLoss}, the {@link
 * io.rankline.loss.form.LossList} it sees, and {@link io.rankline.loss.form.DecoratedLoss} for
 * losses made of other losses. A loss of your own is a {@link io.rankline.loss.form.CustomLoss}.
 */
@NullMarked
package io.rankline.loss.form;

import org.jspecify.annotations.NullMarked;
