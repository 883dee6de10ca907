package io.rankline.pipeline.callback;

import org.jspecify.annotations.Nullable;

/**
 * The name of a value of an epoch, by Keras's rules: {@code loss}, {@code val_metric/ndcg_5}; of a
 * model with several tasks {@code val_click_loss}, {@code val_click_metric/ndcg_5}.
 *
 * @param split which data the value is of
 * @param value its name without that: {@code click_metric/ndcg_5}
 */
public record LogName(Split split, String value) {

  /** The learning rate. */
  public static final LogName LEARNING_RATE = new LogName(Split.TRAINING, "lr");

  private static final String LOSS = "loss";
  private static final String METRIC = "metric/";
  private static final String WEIGHTED_METRIC = "weighted_metric/";

  /** Which data a value is of. */
  public enum Split {
    /** The training data, and values of the training itself. */
    TRAINING(""),
    /** The validation data. */
    VALIDATION("val_"),
    /** The test data. */
    TEST("test_");

    private final String prefix;

    Split(String prefix) {
      this.prefix = prefix;
    }
  }

  /** The loss of all tasks together. */
  public static LogName loss(Split split) {
    return new LogName(split, LOSS);
  }

  /** The loss of one of several tasks. */
  public static LogName loss(Split split, String task) {
    return new LogName(split, ofTask(task) + LOSS);
  }

  /**
   * A metric, all items counting alike.
   *
   * @param task null for the only one
   * @param metric by its name, as {@code ndcg@5}
   */
  public static LogName metric(Split split, @Nullable String task, String metric) {
    return new LogName(split, ofTask(task) + METRIC + metric.replace('@', '_'));
  }

  /**
   * A metric with the sample weights.
   *
   * @param task null for the only one
   * @param metric by its name, as {@code ndcg@5}
   */
  public static LogName weightedMetric(Split split, @Nullable String task, String metric) {
    return new LogName(split, ofTask(task) + WEIGHTED_METRIC + metric.replace('@', '_'));
  }

  /**
   * What users call a value of the validation: {@code loss}, {@code click_loss}, or a metric as
   * {@code ndcg_5}, {@code ndcg@5}, {@code metric/ndcg_5} or {@code click_metric/ndcg_5}; each also
   * with {@code val_} before it.
   */
  public static LogName ofValidation(String name) {
    LogName parsed = parse(name);
    String value = parsed.isOfValidation() ? parsed.value() : name;
    LogName asItIs = new LogName(Split.VALIDATION, value);
    return asItIs.isLoss() || value.contains("/")
        ? asItIs
        : new LogName(Split.VALIDATION, METRIC + value);
  }

  /** The name that a text is. */
  public static LogName parse(String text) {
    for (Split split : new Split[] {Split.VALIDATION, Split.TEST}) {
      if (text.startsWith(split.prefix)) {
        return new LogName(split, text.substring(split.prefix.length()));
      }
    }
    return new LogName(Split.TRAINING, text);
  }

  /** Whether it is the loss, of a task or of all. */
  public boolean isLoss() {
    return value.equals(LOSS) || value.endsWith("_" + LOSS);
  }

  /** Whether it is of the validation data. */
  public boolean isOfValidation() {
    return split == Split.VALIDATION;
  }

  /** Whether it is a metric with the sample weights. */
  public boolean isWeighted() {
    return value.startsWith(WEIGHTED_METRIC) || value.contains("_" + WEIGHTED_METRIC);
  }

  /** The name of the metric alone, {@code ndcg_5}; of any other value, its name. */
  public String metric() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /**
   * The same value of another metric.
   *
   * @param metric by its name, as {@code ndcg@5}
   */
  public LogName ofMetric(String metric) {
    String before = value.substring(0, value.lastIndexOf('/') + 1);
    return new LogName(split, before + metric.replace('@', '_'));
  }

  /** The name in logs and files. */
  public String text() {
    return split.prefix + value;
  }

  private static String ofTask(@Nullable String task) {
    return task == null ? "" : task + "_";
  }
}
