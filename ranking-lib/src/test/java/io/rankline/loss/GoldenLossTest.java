package io.rankline.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import io.rankline.loss.click.ClickEmLoss;
import io.rankline.loss.form.LossList;
import io.rankline.loss.form.LossTotals;
import io.rankline.loss.listwise.CoupledRankDistilLoss;
import io.rankline.loss.listwise.MixtureEmLoss;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every published value of a loss, reduced or not, and gradients by central differences. */
class GoldenLossTest {

  private final LossWorkspace workspace = new LossWorkspace();

  static Stream<Golden> reduced() {
    return Golden.read("losses.json").filter(vector -> vector.text("output").equals("reduced"));
  }

  static Stream<Golden> unreduced() {
    return Golden.read("losses.json").filter(vector -> !vector.text("output").equals("reduced"));
  }

  static Stream<Golden> gradients() {
    return Golden.read("gradients.json");
  }

  @Test
  void allVectorsAreThere() {
    assertThat(reduced().count()).isEqualTo(206);
    assertThat(unreduced().count()).isEqualTo(43);
    assertThat(gradients().count()).isEqualTo(21);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("reduced")
  void reducedLossIsAsPublished(Golden vector) {
    double actual = reducedValue(vector);

    if (vector.has("acceptable_values")) {
      assertIsOneOf(actual, vector.flat("acceptable_values"), vector.number("tol"));
    } else {
      assertThat(actual).isCloseTo(vector.number("expected"), within(vector.number("tol")));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("unreduced")
  void valuesBeforeReductionAreAsPublished(Golden vector) {
    double[] actual = unreducedValues(vector);
    double[] expected = vector.flat("expected");

    if (vector.has("acceptable_values")) {
      // One group of acceptable values a list.
      double[][] acceptable = vector.rows("acceptable_values");
      for (int b = 0; b < acceptable.length; b++) {
        assertIsOneOf(actual[b], acceptable[b], vector.number("tol"));
      }
      return;
    }
    if (vector.has("index")) {
      actual = new double[] {actual[vector.json().getInt("index")]};
    }
    assertThat(actual).containsExactly(expected, within(vector.number("tol")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("gradients")
  void gradientIsThatOfCentralDifferences(Golden vector) {
    LossBatch batch = vector.batch("");
    double[] gradient = new double[batch.lists() * batch.listSize() * batch.outputs()];
    LossObjective objective =
        LossObjective.of(vector.loss(vector.text("name"))).withReduction(Reduction.AUTO);

    double value = objective.evaluate(batch, workspace, gradient).value();

    assertThat(value).isCloseTo(vector.number("value"), within(vector.number("tol")));
    assertThat(gradient).containsExactly(vector.flat("grad"), within(vector.number("tol")));
  }

  /** Labels that tie may stand in any order; each gives another value. */
  private static void assertIsOneOf(double actual, double[] acceptable, double tolerance) {
    double distance =
        Arrays.stream(acceptable).map(value -> Math.abs(value - actual)).min().orElseThrow();
    assertThat(distance).as("distance of " + actual).isLessThan(tolerance);
  }

  private double reducedValue(Golden vector) {
    if (vector.text("api").equals("estimator_eval_metric")) {
      // Only softmax is there, which divides by its temperature; it is 1.
      return objective(vector)
          .withReduction(Reduction.MEAN)
          .evaluate(vector.batch(""), workspace)
          .value();
    }
    if (vector.has("sampled_orders")) {
      return distilled(vector);
    }
    String prefix = vector.has("presampled") ? "presampled." : "";
    return objective(vector)
        .withReduction(reduction(vector))
        .evaluate(vector.batch(prefix), workspace)
        .value();
  }

  private static Reduction reduction(Golden vector) {
    Reduction reduction = Reduction.ofWireName(vector.text("reduction"));
    boolean estimator = vector.text("api").equals("estimator");
    return estimator && reduction == Reduction.SUM_OVER_BATCH_SIZE
        ? Reduction.SUM_OVER_ELEMENTS
        : reduction;
  }

  private static LossObjective objective(Golden vector) {
    String name = vector.text("name");
    if (name.contains("+")) {
      List<String> names = vector.json().getStringList("params.losses");
      List<Double> weights =
          vector.has("params.loss_weights")
              ? vector.json().getDoubleList("params.loss_weights")
              : null;
      return LossObjective.of(names, weights);
    }
    // The scores of these vectors are samples already.
    String base =
        name.equals("yeti_logistic_loss")
            ? "pairwise_logistic_loss"
            : name.startsWith("gumbel_") ? name.substring("gumbel_".length()) : name;
    return LossObjective.of(vector.loss(base));
  }

  private double distilled(Golden vector) {
    CoupledRankDistilLoss loss = (CoupledRankDistilLoss) vector.loss("coupled_rankdistil_loss");
    LossBatch batch = vector.batch("");
    double[][] orders = vector.rows("sampled_orders");
    LossTotals totals = new LossTotals();
    for (int b = 0; b < batch.lists(); b++) {
      workspace.load(batch, b, loss.temperature(), 1, true);
      LossList list = workspace.list;
      List<Integer> compact = new ArrayList<>();
      for (double item : orders[b]) {
        int place = Arrays.binarySearch(list.indices(), 0, list.size(), (int) item);
        if (place >= 0) {
          compact.add(place);
        }
      }
      double weight = loss.weight(list);
      int[] order = compact.stream().mapToInt(Integer::intValue).toArray();
      totals.add(loss.ofOrder(list, order, weight), weight);
    }
    return totals.weightedLoss() / reduction(vector).denominator(loss.family(), 1, batch, totals);
  }

  private double[] unreducedValues(Golden vector) {
    Config json = vector.json();
    switch (vector.text("output")) {
      case "exam_posterior" -> {
        double[] labels = vector.flat("labels");
        double[] scores = vector.flat("scores");
        double[] posterior = new double[labels.length];
        for (int i = 0; i < labels.length; i++) {
          posterior[i] =
              ClickEmLoss.examinationPosterior(labels[i], scores[2 * i], scores[2 * i + 1]);
        }
        return posterior;
      }
      case "model_prob" -> {
        return new MixtureEmLoss(2, json.getDouble("params.alpha"))
            .modelProbabilities(vector.flat("log_odds"));
      }
      default -> {}
    }
    LossObjective objective = LossObjective.of(vector.loss(vector.text("name")));
    LossBatch batch = vector.batch("");
    return switch (vector.text("output")) {
      case "per_list_losses" -> objective.perList(batch, workspace).losses();
      case "per_list_weights" -> objective.perList(batch, workspace).weights();
      case "normalized_weights" -> objective.normalizedWeights(batch, workspace);
      case "unreduced_losses" -> objective.unreduced(batch, workspace).losses();
      case "unreduced_losses_times_weights" -> {
        UnreducedLoss unreduced = objective.unreduced(batch, workspace);
        double[] products = new double[unreduced.losses().length];
        for (int e = 0; e < products.length; e++) {
          products[e] = unreduced.losses()[e] * unreduced.weights()[e];
        }
        yield products;
      }
      default -> throw new AssertionError("no output " + vector.text("output"));
    };
  }
}
