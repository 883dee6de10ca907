package io.rankline.spark.training;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.io.DatasetReader;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.dataset.TaughtDatasetBuilder;
import io.rankline.pipeline.dataset.Teacher;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.DatasetHparamsBuilder;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Small made-up files to train on, and a pipeline over them. */
final class TrainingFiles {

  static final int FEATURES = 4;

  private static final LabelSpec LABEL =
      LabelSpec.of("label", FixedLenFeature.float32(1).withDefault(-1f));

  private final Path folder;

  /** The files that {@link #write} made in that folder. */
  static TrainingFiles of(Path folder) {
    return new TrainingFiles(folder);
  }

  /**
   * Writes lists of 1 to 9 items whose label follows from their features.
   *
   * @param files number of training files, of unequal sizes
   */
  static TrainingFiles write(Path folder, int lists, int files, long seed) throws IOException {
    Random random = new Random(seed);
    StringBuilder[] texts = new StringBuilder[files];
    for (int k = 0; k < files; k++) {
      texts[k] = new StringBuilder();
    }
    for (int list = 0; list < lists; list++) {
      // The first file has about half of the lists.
      int file = random.nextBoolean() ? 0 : random.nextInt(files);
      append(texts[file], list, random);
    }
    for (int k = 0; k < files; k++) {
      Files.writeString(folder.resolve("train-" + k + ".txt"), texts[k]);
    }
    StringBuilder valid = new StringBuilder();
    for (int list = 0; list < 30; list++) {
      append(valid, list, random);
    }
    Files.writeString(
        folder.resolve("valid-0.txt"),
        valid.substring(0, valid.length() / 2).replaceFirst("[^\n]*$", ""));
    Files.writeString(
        folder.resolve("valid-1.txt"),
        valid.substring(valid.substring(0, valid.length() / 2).lastIndexOf('\n') + 1));
    return new TrainingFiles(folder);
  }

  /** Files that are there. */
  static TrainingFiles at(Path folder) {
    return new TrainingFiles(folder);
  }

  private TrainingFiles(Path folder) {
    this.folder = folder;
  }

  private static void append(StringBuilder text, int list, Random random) {
    int size = 1 + random.nextInt(9);
    for (int item = 0; item < size; item++) {
      double[] x = random.doubles(FEATURES, -1, 1).toArray();
      int label =
          (int)
              Math.max(
                  0, Math.min(4, Math.round(2 + 2 * x[0] - x[1] + 0.3 * random.nextGaussian())));
      text.append(label).append(" qid:").append(list);
      for (int f = 0; f < FEATURES; f++) {
        text.append(' ').append(f + 1).append(':').append(String.format(Locale.ROOT, "%.4f", x[f]));
      }
      text.append('\n');
    }
  }

  DatasetHparamsBuilder dataset() {
    return DatasetHparams.builder()
        .datasetReader(DatasetReader.LIBSVM)
        .trainInputPattern(folder + "/train-*")
        .validInputPattern(folder + "/valid-*")
        .trainBatchSize(32)
        .validBatchSize(8);
  }

  SimplePipeline pipeline(DatasetHparams dataset, DNNScorer scorer, PipelineHparams hparams) {
    return pipeline(builder(dataset), scorer, hparams);
  }

  /** A pipeline of a small network without dropout. */
  SimplePipeline pipeline(PipelineHparams hparams) {
    return pipeline(
        dataset().build(),
        DNNScorer.builder().hiddenLayerDims(8, 4).useBatchNorm(false).dropout(0).build(),
        hparams);
  }

  /** A pipeline over data of these features. */
  static SimplePipeline pipeline(
      AbstractDatasetBuilder data, DNNScorer scorer, PipelineHparams hparams) {
    return new SimplePipeline(modelBuilder(scorer), data, hparams);
  }

  static ModelBuilder modelBuilder(DNNScorer scorer) {
    return new ModelBuilder(
        new FeatureSpecInputCreator(Map.of(), features()),
        PreprocessorWithSpec.builder().build(),
        scorer,
        "mask",
        "model");
  }

  static SimpleDatasetBuilder builder(DatasetHparams dataset) {
    return new SimpleDatasetBuilder(Map.of(), features(), "mask", LABEL, dataset);
  }

  /** The same data, of which the scores of a teacher are trained on. */
  static TaughtDatasetBuilder builder(DatasetHparams dataset, Teacher teacher) {
    return new TaughtDatasetBuilder(Map.of(), features(), "mask", LABEL, dataset, null, teacher);
  }

  static Map<String, FixedLenFeature> features() {
    Map<String, FixedLenFeature> features = new TreeMap<>();
    for (int f = 1; f <= FEATURES; f++) {
      features.put(Integer.toString(f), FixedLenFeature.float32(1).withDefault(0f));
    }
    return features;
  }
}
