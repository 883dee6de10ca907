package io.rankline.pipeline.dataset;

import io.rankline.text.WireNames;

/** What the scores of a teacher become before a loss has them as labels, list by list. */
public enum TeacherLabels {
  /** {@code (s_i - min_j s_j) / temperature}: as labels are never below 0. */
  SCORES("scores") {
    @Override
    float[] of(float[] scores, float[] own, Teacher teacher) {
      double least = Double.POSITIVE_INFINITY;
      for (float score : scores) {
        least = Math.min(least, score);
      }
      float[] labels = new float[scores.length];
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (float) ((scores[i] - least) / teacher.temperature());
      }
      return labels;
    }
  },
  /**
   * {@code share * softmax(s / temperature)_i + (1 - share) * y_i / sum_j y_j}, y the labels of the
   * data. Where none of these is above 0, the first term alone.
   */
  SOFTMAX("softmax") {
    @Override
    float[] of(float[] scores, float[] own, Teacher teacher) {
      double most = Double.NEGATIVE_INFINITY;
      for (float score : scores) {
        most = Math.max(most, score);
      }
      double[] likely = new double[scores.length];
      double sum = 0;
      double relevant = 0;
      for (int i = 0; i < likely.length; i++) {
        likely[i] = Math.exp((scores[i] - most) / teacher.temperature());
        sum += likely[i];
        relevant += Math.max(0, own[i]);
      }
      float[] labels = new float[scores.length];
      for (int i = 0; i < labels.length; i++) {
        double data = relevant > 0 ? (1 - teacher.share()) * Math.max(0, own[i]) / relevant : 0;
        labels[i] = (float) (teacher.share() * likely[i] / sum + data);
      }
      return labels;
    }
  };

  private final String wireName;

  TeacherLabels(String wireName) {
    this.wireName = wireName;
  }

  /** The name in configuration. */
  public String wireName() {
    return wireName;
  }

  /**
   * The one of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static TeacherLabels ofWireName(String wireName) {
    return WireNames.find(TeacherLabels.class, "labels", TeacherLabels::wireName, wireName);
  }

  /**
   * The labels of a list.
   *
   * @param scores of the teacher
   * @param own labels of the data
   */
  abstract float[] of(float[] scores, float[] own, Teacher teacher);
}
