package io.rankline.loss;

import io.rankline.data.TieOrder;
import io.rankline.loss.form.LossFamily;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossTotals;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.sampling.SampledLoss;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What training minimises: one loss, or a weighted sum of several, reduced over a batch.
 *
 * <pre>
 *   value = sum over terms of weight * (sum over elements of loss * element weight) / denominator
 * </pre>
 *
 * <p>Immutable and safe to share; the workspace that goes with a call is not.
 *
 * @param terms at least one; all with the same number of scores an item
 * @param reduction what each term is divided by
 * @param ties how items with equal scores or labels are ranked
 */
public record LossObjective(List<WeightedLoss> terms, Reduction reduction, TieOrder ties)
    implements Serializable {

  public LossObjective {
    terms = List.copyOf(terms);
    if (terms.isEmpty()) {
      throw new IllegalArgumentException("an objective needs at least one loss, got none");
    }
    RankingLoss first = terms.get(0).loss();
    for (WeightedLoss term : terms) {
      if (term.loss().outputs() != first.outputs()) {
        throw new IllegalArgumentException(
            "losses of one objective need the same number of scores an item; %s has %s, %s has %s"
                .formatted(
                    first.wireName(),
                    first.outputs(),
                    term.loss().wireName(),
                    term.loss().outputs()));
      }
    }
  }

  /** One loss, reduced as Keras does by default. */
  public static LossObjective of(RankingLoss loss) {
    return ofTerms(List.of(new WeightedLoss(loss, 1)));
  }

  /** Several losses by name with their weights, in the order of the map. */
  public static LossObjective of(Map<String, Double> weightsByName) {
    return ofTerms(NamedLosses.of(weightsByName));
  }

  /**
   * Several losses by name; weights are 1 where the list of weights is null.
   *
   * @throws IllegalArgumentException if the lists differ in length, or names carry weights too
   */
  public static LossObjective of(List<String> names, @Nullable List<Double> weights) {
    return ofTerms(NamedLosses.of(names, weights));
  }

  /**
   * The objective that configuration names: {@code "softmax_loss"}, or {@code
   * "softmax_loss:0.3,approx_ndcg_loss:0.7"}, with all parameters at their defaults.
   */
  public static LossObjective parse(String specification) {
    return ofTerms(NamedLosses.parse(specification));
  }

  private static LossObjective ofTerms(List<WeightedLoss> terms) {
    return new LossObjective(terms, Reduction.AUTO, TieOrder.AS_GIVEN);
  }

  /** This objective under another reduction. */
  public LossObjective withReduction(Reduction newReduction) {
    return new LossObjective(terms, newReduction, ties);
  }

  /** This objective with equal scores and labels in another order. */
  public LossObjective withTies(TieOrder newTies) {
    return new LossObjective(terms, reduction, newTies);
  }

  /**
   * This objective with seeds for losses that draw and have none: their draws are then the same in
   * every run.
   */
  public LossObjective seeded(long seed) {
    List<WeightedLoss> seeded = new ArrayList<>();
    for (WeightedLoss term : terms) {
      // Each term draws for itself.
      seeded.add(new WeightedLoss(term.loss().seeded(seed + seeded.size()), term.weight()));
    }
    return new LossObjective(seeded, reduction, ties);
  }

  /** This objective and one more loss. */
  public LossObjective plus(RankingLoss loss, double weight) {
    List<WeightedLoss> more = new ArrayList<>(terms);
    more.add(new WeightedLoss(loss, weight));
    return new LossObjective(more, reduction, ties);
  }

  /** M, the number of scores that an item needs. */
  public int outputs() {
    return terms.get(0).loss().outputs();
  }

  /** The loss of a batch without its gradient. */
  public LossResult evaluate(LossBatch batch, LossWorkspace workspace) {
    return evaluate(batch, workspace, null, GradientTarget.NONE);
  }

  /**
   * The loss of a batch and its gradient by the scores.
   *
   * @param gradient shape [B, L, M], overwritten; exactly 0 at invalid items
   */
  public LossResult evaluate(LossBatch batch, LossWorkspace workspace, double[] gradient) {
    return evaluate(batch, workspace, null, GradientTarget.of(gradient));
  }

  /**
   * The loss of a batch and its gradient by the scores, rounded to float.
   *
   * @param gradient shape [B, L, M] from {@code offset} on, overwritten; exactly 0 at invalid items
   */
  public LossResult evaluate(
      LossBatch batch, LossWorkspace workspace, float[] gradient, int offset) {
    return evaluate(batch, workspace, null, GradientTarget.of(gradient, offset));
  }

  /**
   * As {@link #evaluate(LossBatch, LossWorkspace, float[], int)}, the gradient divided by
   * denominators from outside: those of all workers together, so that the sum of the workers'
   * gradients is that of one large batch. The result has the batch's own numerators and
   * denominators.
   *
   * @param denominators one for each term, as {@link LossResult#denominators} gives them
   */
  public LossResult evaluate(
      LossBatch batch,
      LossWorkspace workspace,
      double[] denominators,
      float[] gradient,
      int offset) {
    return evaluate(batch, workspace, denominators, GradientTarget.of(gradient, offset));
  }

  /**
   * As {@link #evaluate(LossBatch, LossWorkspace, double[])} with denominators from outside.
   *
   * @param denominators one for each term, as {@link LossResult#denominators} gives them
   */
  public LossResult evaluate(
      LossBatch batch, LossWorkspace workspace, double[] denominators, double[] gradient) {
    return evaluate(batch, workspace, denominators, GradientTarget.of(gradient));
  }

  private LossResult evaluate(
      LossBatch batch,
      LossWorkspace workspace,
      double @Nullable [] denominators,
      GradientTarget target) {
    requireOutputs(batch);
    int values = batch.lists() * batch.listSize() * batch.outputs();
    target.requireRoom(values);
    if (denominators != null && denominators.length != terms.size()) {
      throw new IllegalArgumentException(
          "denominators must be as many as losses, %s, got %s"
              .formatted(terms.size(), denominators.length));
    }
    workspace.reserveBatch(values, terms.size());
    workspace.list.startEvaluation(ties, reduction.readsWeights(), false);
    LossTerm[] results = new LossTerm[terms.size()];
    for (int k = 0; k < results.length; k++) {
      WeightedLoss term = terms.get(k);
      RankingLoss loss = term.loss();
      LossTotals totals = workspace.batchTotals;
      totals.clear();
      ListPass pass = ListPass.training(loss, batch, workspace);
      for (int b = 0; b < batch.lists(); b++) {
        totals.add(pass.run(b, true).totals());
        pass.storeGradient(b);
      }
      double denominator =
          reduction.denominator(pass.family(), ListPass.samples(loss), batch, totals);
      results[k] = new LossTerm(loss.wireName(), term.weight(), totals.weightedLoss(), denominator);
      double divisor = denominators == null ? denominator : denominators[k];
      double scale = divisor == 0 ? 0 : term.weight() / divisor;
      if (results.length == 1) {
        target.write(workspace.termGradient, scale, values);
      } else {
        workspace.addTermGradient(scale, values);
      }
    }
    if (results.length > 1) {
      target.write(workspace.batchGradient, 1, values);
    }
    return new LossResult(Arrays.asList(results));
  }

  /**
   * The result over the batches of two workers: exactly that of one large batch of lists of the
   * same padded length.
   */
  public LossResult merge(LossResult one, LossResult other) {
    if (one.terms().size() != terms.size() || other.terms().size() != terms.size()) {
      throw new IllegalArgumentException(
          "results of this objective have %s terms, got %s and %s"
              .formatted(terms.size(), one.terms().size(), other.terms().size()));
    }
    List<LossTerm> sums = new ArrayList<>();
    for (int k = 0; k < terms.size(); k++) {
      sums.add(one.terms().get(k).plus(other.terms().get(k), reduction));
    }
    return new LossResult(sums);
  }

  /**
   * Loss and weight of each list, for an objective of one loss.
   *
   * <p>Pointwise and pairwise losses give the weighted mean of the list's elements and the sum of
   * their weights, listwise ones the loss and the weight of the list. As in TF-Ranking scores are
   * not divided by the temperature, except by softmax losses.
   */
  public PerListLosses perList(LossBatch batch, LossWorkspace workspace) {
    RankingLoss loss = onlyLoss();
    requireOutputs(batch);
    workspace.list.startEvaluation(ties, true, true);
    double[] losses = new double[batch.lists()];
    double[] weights = new double[batch.lists()];
    int samples = ListPass.samples(loss);
    ListPass pass = ListPass.values(loss, batch, workspace);
    for (int b = 0; b < batch.lists(); b++) {
      LossList list = pass.run(b, true);
      if (pass.family() == LossFamily.LISTWISE && samples == 1) {
        losses[b] = list.listLoss();
        weights[b] = list.listLossWeight();
      } else {
        LossTotals totals = list.totals();
        losses[b] = totals.weightSum() == 0 ? 0 : totals.weightedLoss() / totals.weightSum();
        weights[b] = totals.weightSum() / samples;
      }
    }
    return new PerListLosses(losses, weights);
  }

  /**
   * Loss and weight of every element before item and list weights, for an objective of one loss
   * that does not sample. Temperature is applied as in {@link #perList}. Takes L * L numbers a list
   * for pairwise losses.
   */
  public UnreducedLoss unreduced(LossBatch batch, LossWorkspace workspace) {
    RankingLoss loss = onlyLoss();
    requireOutputs(batch);
    if (loss instanceof SampledLoss) {
      throw new IllegalArgumentException(
          loss.wireName()
              + " has no unreduced values because it samples; give sampled scores to the loss"
              + " without gumbel");
    }
    workspace.list.startEvaluation(ties, true, true);
    return ListPass.values(loss, batch, workspace).unreduced();
  }

  /**
   * The item or list weights as the loss applies them, for an objective of one loss: shape [B, L]
   * for pointwise and pairwise losses, [B] for listwise ones.
   */
  public double[] normalizedWeights(LossBatch batch, LossWorkspace workspace) {
    return ListPass.values(onlyLoss(), batch, workspace).normalizedWeights();
  }

  private RankingLoss onlyLoss() {
    if (terms.size() != 1) {
      throw new IllegalArgumentException(
          "values before reduction exist for one loss, this objective has " + terms.size());
    }
    return terms.get(0).loss();
  }

  private void requireOutputs(LossBatch batch) {
    if (batch.outputs() != outputs()) {
      throw new IllegalArgumentException(
          "%s needs %s scores an item, got %s"
              .formatted(terms.get(0).loss().wireName(), outputs(), batch.outputs()));
    }
  }
}
