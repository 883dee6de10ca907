package io.rankline.loss;

import io.rankline.loss.click.PositionBias;
import io.rankline.loss.lambda.DcgLambdaWeight;
import io.rankline.loss.lambda.LambdaLossScheme;
import io.rankline.loss.lambda.LambdaLossWeight;
import io.rankline.loss.lambda.LambdaWeight;
import io.rankline.loss.lambda.ListMleLambdaWeight;
import io.rankline.loss.lambda.PairLambdaWeight;
import io.rankline.loss.lambda.YetiDcgLambdaWeight;
import io.rankline.loss.pairwise.LambdaLoss;
import io.rankline.loss.sampling.GumbelSampler;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The parameters of one loss: those given, and the defaults of its key for the others. */
final class ResolvedParameters {

  private final LossKey key;
  private final LossParameters given;
  private final Map<LossParameter, String> defaults;

  ResolvedParameters(LossKey key, LossParameters given) {
    this.key = key;
    this.given = given;
    this.defaults = key.parameters();
    for (LossParameter parameter : given.given()) {
      if (!defaults.containsKey(parameter)) {
        throw new IllegalArgumentException(notTaken(parameter));
      }
    }
    defaults.forEach(
        (parameter, text) -> {
          if (text.equals(LossKey.REQUIRED) && given.get(parameter) == null) {
            throw new IllegalArgumentException(
                "%s needs %s, %s"
                    .formatted(key.wireName(), parameter.wireName(), parameter.kind().words));
          }
        });
  }

  double real(LossParameter parameter) {
    return ((Number) value(parameter)).doubleValue();
  }

  int whole(LossParameter parameter) {
    return ((Number) value(parameter)).intValue();
  }

  boolean flag(LossParameter parameter) {
    return (Boolean) value(parameter);
  }

  /** A number of ranks, by default all. */
  int limit(LossParameter parameter) {
    Object value = given.get(parameter);
    return value == null ? Integer.MAX_VALUE : whole(parameter);
  }

  @Nullable Long seed() {
    return given.get(LossParameter.SEED) instanceof Number seed ? seed.longValue() : null;
  }

  GumbelSampler sampler() {
    return new GumbelSampler(
        whole(LossParameter.SAMPLE_SIZE), real(LossParameter.GUMBEL_TEMPERATURE), seed());
  }

  LambdaLoss lambdaLoss(LambdaLossScheme scheme) {
    double mu =
        defaults.containsKey(LossParameter.MU) ? real(LossParameter.MU) : LambdaLoss.DEFAULT_MU;
    return new LambdaLoss(
        new LambdaLossWeight(scheme, mu, limit(LossParameter.TOPN)), real(LossParameter.SIGMA));
  }

  PositionBias bias() {
    if (given.get(LossParameter.POSITION_BIAS) instanceof PositionBias bias) {
      return bias;
    }
    throw new IllegalStateException("checked by the constructor");
  }

  @Nullable PairLambdaWeight pairLambda() {
    LambdaWeight lambda = lambda();
    if (lambda == null || lambda instanceof PairLambdaWeight) {
      return (PairLambdaWeight) lambda;
    }
    throw wrongKind(lambda, "for pairs", "list_mle_loss");
  }

  @Nullable DcgLambdaWeight itemLambda() {
    LambdaWeight lambda = lambda();
    if (lambda == null || lambda instanceof DcgLambdaWeight) {
      return (DcgLambdaWeight) lambda;
    }
    throw wrongKind(
        lambda,
        "of kind dcg or ndcg",
        lambda instanceof PairLambdaWeight ? "pairwise_logistic_loss" : "list_mle_loss");
  }

  @Nullable ListMleLambdaWeight positionLambda() {
    LambdaWeight lambda = lambda();
    if (lambda == null || lambda instanceof ListMleLambdaWeight) {
      return (ListMleLambdaWeight) lambda;
    }
    throw wrongKind(lambda, "of kind list_mle", "pairwise_logistic_loss");
  }

  private @Nullable LambdaWeight lambda() {
    Object said = given.get(LossParameter.LAMBDA_WEIGHT);
    if (said instanceof LambdaWeight lambda) {
      return lambda;
    }
    if (said == LossParameters.NO_LAMBDA_WEIGHT) {
      return null;
    }
    return "yeti_dcg".equals(defaults.get(LossParameter.LAMBDA_WEIGHT))
        ? YetiDcgLambdaWeight.DEFAULT
        : null;
  }

  private Object value(LossParameter parameter) {
    Object value = given.get(parameter);
    if (value != null) {
      return value;
    }
    String text = defaults.get(parameter);
    if (text == null) {
      throw new IllegalStateException(key.wireName() + " has no " + parameter.wireName());
    }
    return LossParameters.parse(parameter, text);
  }

  private IllegalArgumentException wrongKind(LambdaWeight lambda, String kinds, String instead) {
    return new IllegalArgumentException(
        "%s takes a lambda_weight %s, got %s; use %s for it"
            .formatted(key.wireName(), kinds, lambda.kind(), instead));
  }

  private String notTaken(LossParameter parameter) {
    if (parameter == LossParameter.LAMBDA_WEIGHT) {
      return "%s takes no lambda_weight; use pairwise_logistic_loss, softmax_loss or list_mle_loss"
          .formatted(key.wireName());
    }
    String names =
        defaults.keySet().stream().map(LossParameter::wireName).collect(Collectors.joining(", "));
    return "%s takes no %s; it takes %s"
        .formatted(key.wireName(), parameter.wireName(), names.isEmpty() ? "no parameters" : names);
  }
}
