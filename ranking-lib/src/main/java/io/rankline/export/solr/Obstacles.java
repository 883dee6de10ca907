package io.rankline.export.solr;

import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.CustomTransform;
import io.rankline.feature.transform.MissingIndicator;
import io.rankline.feature.transform.OneHot;
import io.rankline.feature.transform.QueryTransform;
import io.rankline.feature.transform.SampledTransform;
import io.rankline.feature.transform.Transform;
import io.rankline.frozen.step.Activation;
import io.rankline.frozen.step.Additive;
import io.rankline.frozen.step.Attend;
import io.rankline.frozen.step.Cross;
import io.rankline.frozen.step.DenseLayer;
import io.rankline.frozen.step.Normalize;
import io.rankline.frozen.step.NormalizeRows;
import io.rankline.frozen.step.Pool;
import io.rankline.frozen.step.Residual;
import io.rankline.frozen.step.SideBySide;
import io.rankline.frozen.step.SoftmaxSum;
import io.rankline.frozen.step.Step;
import io.rankline.frozen.step.TreeSum;
import io.rankline.model.ModelDescription;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.TokenFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps a model from being a Solr model, and the way out. */
final class Obstacles {

  private static final String SERVE = "serve it with rankline serve";

  private Obstacles() {}

  /** Of tasks and features. */
  static List<String> of(ModelDescription model) {
    List<String> reasons = new ArrayList<>();
    if (model.tasks().size() > 1) {
      reasons.add(
          "it has the tasks %s, and a Solr model one score; train a model for each"
              .formatted(String.join(", ", model.tasks().keySet())));
    }
    model
        .tasks()
        .forEach(
            (task, loss) -> {
              if (loss.scoresOfItem() > 1) {
                reasons.add(
                    "its loss wants %s scores an item, and a Solr model has one; train with another"
                            .formatted(loss.scoresOfItem())
                        + " loss");
              }
            });
    EncodedInputs inputs = model.inputs();
    for (EncodedFeature feature : inputs.context()) {
      context(feature, Missing.of(feature, inputs.inputs().context()), reasons);
    }
    Stream.concat(inputs.context().stream(), inputs.examples().stream())
        .forEach(feature -> dense(feature, reasons));
    for (TokenFeature feature :
        Stream.concat(inputs.contextTokens().stream(), inputs.exampleTokens().stream()).toList()) {
      reasons.add(
          "feature '%s' is read as tokens, and Solr's models read numbers; %s"
              .formatted(feature.name(), SERVE));
    }
    return reasons;
  }

  /** Of a layer. */
  static Optional<String> of(Step step) {
    if (step instanceof DenseLayer dense) {
      if (dense.layer().groups().length > 1) {
        return Optional.of("it is a GAM, whose towers Solr has not; write it with --format trees");
      }
      Activation activation = dense.layer().activation();
      return SolrLayer.nameOf(activation).isPresent()
          ? Optional.empty()
          : Optional.of(
              "activation %s is none of Solr's; train with relu, leakyrelu of alpha %s, sigmoid,"
                      .formatted(shown(activation), SolrLayer.LEAK)
                  + " tanh or identity");
    }
    if (step instanceof Additive || step instanceof SoftmaxSum) {
      return Optional.of("it is a GAM, whose towers Solr has not; write it with --format trees");
    }
    if (step instanceof TreeSum) {
      return Optional.of(
          "it is boosted trees, another kind of model; write it with --format trees");
    }
    if (step instanceof Normalize || step instanceof SideBySide || step instanceof Pool) {
      return Optional.empty();
    }
    return Optional.of(
        "it has %s, and a Solr model has dense layers alone; %s".formatted(words(step), SERVE));
  }

  private static String words(Step step) {
    return step instanceof Attend
        ? "attention over the items of a list"
        : step instanceof NormalizeRows
            ? "layer normalisation"
            : step instanceof Residual
                ? "residual connections"
                : step instanceof Cross ? "a latent cross" : step.getClass().getSimpleName();
  }

  private static String shown(Activation activation) {
    String name = activation.function().name().toLowerCase(Locale.ROOT);
    return activation.alpha() == 0 ? name : "%s of alpha %s".formatted(name, activation.alpha());
  }

  private static void context(EncodedFeature feature, Missing missing, List<String> reasons) {
    if (!SolrFeature.isParameter(feature.name())) {
      reasons.add(
          "context feature '%s' comes as efi.%s, which Solr cannot read; name it with letters,"
                  .formatted(feature.name(), feature.name())
              + " digits, _ and . alone");
    }
    boolean isSpread =
        feature.chain().transforms().stream()
            .anyMatch(t -> t instanceof Bucketize || t instanceof OneHot);
    if (isSpread && missing.mayBeNothing()) {
      reasons.add(
          "context feature '%s' may be missing, for which its transforms have columns of zeros;"
                  .formatted(feature.name())
              + " give it a default value");
    }
  }

  private static void dense(EncodedFeature feature, List<String> reasons) {
    if (feature.inputWidth() > 1) {
      reasons.add(
          "feature '%s' has %s values, and a feature of Solr one; make as many features of it"
              .formatted(feature.name(), feature.inputWidth()));
    }
    if (feature.name().contains("${")) {
      reasons.add(
          "feature '%s' has ${ in its name, which Solr would replace; rename it"
              .formatted(feature.name()));
    }
    for (Transform transform : feature.chain().transforms()) {
      if (transform instanceof CustomTransform custom) {
        reasons.add(
            "feature '%s' has a transform of your own, %s, which exists in Java alone; apply it"
                    .formatted(feature.name(), custom.getClass().getName())
                + " before the data is written");
      } else if (transform instanceof QueryTransform query) {
        reasons.add(
            "feature '%s' has %s, which looks at all items of a list, and Solr at each by itself;"
                    .formatted(feature.name(), query)
                + " apply it before the data is written");
      } else if (transform instanceof MissingIndicator missing) {
        reasons.add(
            "feature '%s' has %s, and where a value is missing Solr puts the default; make a feature"
                    .formatted(feature.name(), missing)
                + " of it before the data is written");
      } else if (transform instanceof SampledTransform sampled) {
        reasons.add(
            "feature '%s' has the transform %s, for which Solr has no form; apply it before the data"
                    .formatted(feature.name(), sampled.name())
                + " is written");
      }
    }
  }
}
