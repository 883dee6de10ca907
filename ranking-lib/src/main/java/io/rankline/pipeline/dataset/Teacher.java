package io.rankline.pipeline.dataset;

import io.rankline.text.Faults;
import io.rankline.text.Option;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Whose scores a model is trained on in place of labels: the section {@code pipeline.teacher}. */
public record Teacher(
    @Option(
            filled = "must name a feature or be left out",
            meaning =
                "feature of the items of records or tables that has the teacher's score, a float;"
                    + " read of the training data alone, and none of the model")
        @Nullable String column,
    @Option(
            filled = "must name a folder or be left out",
            meaning =
                "folder of an exported model that scores each list of the training data once, when"
                    + " it is read; features that it alone needs are read for it")
        @Nullable String model,
    @Option(
            fallback = "scores",
            meaning =
                "what the loss has as labels: scores, the teacher's over temperature, less the"
                    + " lowest of the list; or softmax, their softmax over the list, whose sum is"
                    + " 1")
        TeacherLabels labels,
    @Option(
            fallback = "1.0",
            above = 0,
            words = "must be positive and finite",
            meaning = "divides the teacher's scores")
        double temperature,
    @Option(
            fallback = "1.0",
            above = 0,
            most = 1,
            words = "must lie in (0, 1]",
            meaning =
                "of softmax: the teacher's part in the labels; the rest are the labels of the data,"
                    + " over their sum")
        double share)
    implements Serializable {

  /** Its key in the section {@code pipeline}. */
  public static final String KEY = "teacher";

  /** Checks all, and reports all faults at once. */
  public Teacher {
    Faults.in(Teacher.class, column, model, labels, temperature, share)
        .addUnless(
            (column == null) != (model == null),
            "model",
            "must be given, or column, and not both: one teacher scores a list")
        .addUnless(
            share == 1 || labels == TeacherLabels.SOFTMAX,
            "share",
            "goes with labels = softmax, as labels and scores have no unit in common, got %s",
            share)
        .orThrow();
  }

  /** A column with the teacher's scores, less the lowest of each list. */
  public static Teacher ofColumn(String column) {
    return new Teacher(column, null, TeacherLabels.SCORES, 1, 1);
  }

  /** An exported model, whose scores are taken less the lowest of each list. */
  public static Teacher ofModel(String folder) {
    return new Teacher(null, folder, TeacherLabels.SCORES, 1, 1);
  }

  /** The same with other labels made of its scores. */
  public Teacher as(TeacherLabels newLabels, double newTemperature, double newShare) {
    return new Teacher(column, model, newLabels, newTemperature, newShare);
  }

  /** For messages. */
  String name() {
    return column == null ? "of " + model : "'" + column + "'";
  }
}
