package io.rankline.loss;

import java.util.Locale;

/** A parameter of a loss, by the name that it has in configuration. */
public enum LossParameter {
  /** Scores are divided by it. */
  TEMPERATURE(Kind.REAL),
  /** Weight of pairs, items or positions: a {@link io.rankline.loss.lambda.LambdaWeight}. */
  LAMBDA_WEIGHT(Kind.LAMBDA),
  /** How many samples are drawn for a list. */
  SAMPLE_SIZE(Kind.WHOLE),
  /** Divides perturbed scores. */
  GUMBEL_TEMPERATURE(Kind.REAL),
  /** Seed of random draws; {@code null} for one that differs between workspaces. */
  SEED(Kind.SEED),
  /** Label of the item that calibrated softmax appends. */
  VIRTUAL_LABEL(Kind.REAL),
  /** Weight of the further term of the poly-1 softmax. */
  EPSILON(Kind.REAL),
  /** Number of grades above 0. */
  ORDINAL_SIZE(Kind.WHOLE),
  /** Whether a label between two grades counts as a fraction. */
  USE_FRACTION_LABEL(Kind.FLAG),
  /** Number of classes. */
  NUM_CLASSES(Kind.WHOLE),
  /** Whether scores are logits rather than probabilities. */
  FROM_LOGITS(Kind.FLAG),
  /** Share of a label that is spread over all classes. */
  LABEL_SMOOTHING(Kind.REAL),
  /** Scale of the circle loss. */
  GAMMA(Kind.REAL),
  /** Margin of the circle loss. */
  MARGIN(Kind.REAL),
  /** Weight of the examination part. */
  EXAM_LOSS_WEIGHT(Kind.REAL),
  /** Weight of the relevance part. */
  REL_LOSS_WEIGHT(Kind.REAL),
  /** Sharpness of the choice between models. */
  ALPHA(Kind.REAL),
  /** Number of models in a mixture. */
  MODELS(Kind.WHOLE),
  /** How many first positions count; {@code null} for all. */
  TOPK(Kind.LIMIT),
  /** Steepness of the logistic function. */
  SIGMA(Kind.REAL),
  /** Weight of NDCG-Loss2 in NDCG-Loss2++. */
  MU(Kind.REAL),
  /** How many first ranks count; {@code null} for all. */
  TOPN(Kind.LIMIT),
  /** Whether the gain is 2^y - 1 rather than y. */
  POWERED_RELEVANCIES(Kind.FLAG),
  /** Scale of the noise. */
  BETA(Kind.REAL),
  /** Whether noise is added to the logarithm of scores. */
  LOG_SCORES(Kind.FLAG),
  /** Most iterations of Sinkhorn scaling. */
  MAX_ITERATIONS(Kind.WHOLE),
  /** How close to 1 column sums must come. */
  TOLERANCE(Kind.REAL),
  /** Examination by position: a {@link io.rankline.loss.click.PositionBias}. */
  POSITION_BIAS(Kind.BIAS),
  /** The smallest examination that is believed. */
  MIN_PROPENSITY(Kind.REAL);

  private final Kind kind;

  LossParameter(Kind kind) {
    this.kind = kind;
  }

  /** The name in configuration: {@code sample_size}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  Kind kind() {
    return kind;
  }

  /** What values a parameter takes. */
  enum Kind {
    REAL("a number"),
    WHOLE("a whole number"),
    LIMIT("a whole number or null"),
    SEED("a whole number or null"),
    FLAG("true or false"),
    LAMBDA("a LambdaWeight or null"),
    BIAS("a PositionBias");

    final String words;

    Kind(String words) {
      this.words = words;
    }

    /** Whether leaving the parameter out says what {@code null} says. */
    boolean isNullByDefault() {
      return this == LIMIT || this == SEED;
    }
  }
}
