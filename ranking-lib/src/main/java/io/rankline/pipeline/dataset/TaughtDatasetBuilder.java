package io.rankline.pipeline.dataset;

import io.rankline.data.RankingList;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.DatasetReader;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Data sets of files with one label, in place of which a teacher's scores stand in the lists that
 * are trained on. Validation, test data and exports know nothing of the teacher.
 */
public final class TaughtDatasetBuilder extends BaseDatasetBuilder {

  private final Teacher teacher;
  private final LabelSpec label;
  private transient @Nullable SavedRankingModel model;

  /**
   * A builder.
   *
   * @param context context features by name
   * @param examples example features by name
   * @param maskFeatureName name of the mask among the model's inputs
   * @param label the label
   * @param sampleWeight where weights come from, or null for none
   * @param teacher whose scores are trained on
   * @throws IllegalArgumentException if two features have one name, or a column is asked for of
   *     LibSVM files
   */
  public TaughtDatasetBuilder(
      Map<String, ? extends FeatureSpec> context,
      Map<String, ? extends FeatureSpec> examples,
      String maskFeatureName,
      LabelSpec label,
      DatasetHparams hparams,
      @Nullable WeightSpec sampleWeight,
      Teacher teacher) {
    super(
        new RecordSpec(
            new TreeMap<>(context), new TreeMap<>(examples), List.of(label), sampleWeight),
        RecordSpec.of(context, examples),
        maskFeatureName,
        hparams);
    if (teacher.column() != null && hparams.datasetReader() == DatasetReader.LIBSVM) {
      throw new IllegalArgumentException(
          "teacher.column is for records and tables, where a gap shows: of LibSVM, what a line"
              + " lacks is 0; give the teacher as a model, or convert the data");
    }
    this.teacher = teacher;
    this.label = label;
  }

  /**
   * The features of the teacher too, or its scores.
   *
   * @throws IOException if the teacher cannot be loaded, has several scores, or reads a feature in
   *     another way
   */
  @Override
  public RecordSpec trainingSpec() throws IOException {
    RecordSpec plain = recordSpec();
    String column = teacher.column();
    if (column != null) {
      // Without a default, so that a gap is an error that names file and record.
      return plain.withLabels(label, LabelSpec.of(column, FixedLenFeature.float32(1)));
    }
    return JoinedFeatures.of(plain, model().requests(), "the teacher " + teacher.name());
  }

  @Override
  public DataFingerprint fingerprint() throws IOException {
    DataFingerprint plain = super.fingerprint();
    SortedMap<String, String> meaning = new TreeMap<>(plain.meaning());
    meaning.put(Teacher.KEY, teacher.toString());
    return new DataFingerprint(meaning, plain.conduct());
  }

  @Override
  protected RankingList trainedOn(RankingList read, RankingList prepared) {
    float[] scores = teacher.column() == null ? scores(read) : column(read);
    for (int i = 0; i < scores.length; i++) {
      if (!Float.isFinite(scores[i])) {
        throw new IllegalArgumentException(
            "the score of the teacher %s is %s at item %s".formatted(teacher.name(), scores[i], i));
      }
    }
    float[] own = Arrays.copyOf(prepared.labels(), scores.length); // a column comes after them
    return prepared.withLabels(List.of(label.name()), teacher.labels().of(scores, own, teacher));
  }

  private static float[] column(RankingList read) {
    float[] scores = new float[read.size()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = read.label(1, i);
    }
    return scores;
  }

  private float[] scores(RankingList read) {
    float[] scores;
    try {
      scores = model().predict(read);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (scores.length != read.size()) {
      throw new IllegalArgumentException(
          "the teacher %s has several scores an item, which are no ranking"
              .formatted(teacher.name()));
    }
    return scores;
  }

  /** Loaded once in each process that reads lists, and kept. */
  private synchronized SavedRankingModel model() throws IOException {
    SavedRankingModel known = model;
    if (known == null) {
      known = SavedRankingModel.load(Objects.requireNonNull(teacher.model()));
      if (known.tasks().size() > 1) {
        throw new IOException(
            "the teacher %s must have one task, got %s".formatted(teacher.name(), known.tasks()));
      }
      model = known;
    }
    return known;
  }
}
