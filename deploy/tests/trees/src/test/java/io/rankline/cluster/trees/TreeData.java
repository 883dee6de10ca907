package io.rankline.cluster.trees;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.io.DatasetReader;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** Made-up lists in files, and trainings of trees on them. */
record TreeData(Path folder) {

  private static final int FEATURES = 6;
  private static final LabelSpec LABEL =
      LabelSpec.of("label", FixedLenFeature.float32(1).withDefault(-1f));

  /**
   * Writes the same lists for the same seed.
   *
   * @param ends where training files end, in lists
   */
  static TreeData write(Path folder, long seed, int... ends) throws IOException {
    Random random = new Random(seed);
    List<String> lists = new ArrayList<>();
    for (int list = 0; list < ends[ends.length - 1] + 40; list++) {
      lists.add(list(list, random));
    }
    int begin = 0;
    for (int file = 0; file < ends.length; file++) {
      Files.writeString(
          folder.resolve("train-%s.txt".formatted(file)),
          String.join("", lists.subList(begin, ends[file])));
      begin = ends[file];
    }
    Files.writeString(
        folder.resolve("valid.txt"), String.join("", lists.subList(begin, lists.size())));
    return new TreeData(folder);
  }

  private static String list(int number, Random random) {
    StringBuilder text = new StringBuilder();
    int size = 2 + random.nextInt(14);
    for (int item = 0; item < size; item++) {
      double[] x = random.doubles(FEATURES, -1, 1).toArray();
      double value = 2 + 2 * x[0] - x[1] + x[2] * x[3] + 0.5 * random.nextGaussian();
      text.append(Math.max(0, Math.min(4, Math.round(value)))).append(" qid:").append(number);
      for (int f = 0; f < FEATURES; f++) {
        text.append(String.format(Locale.ROOT, " %s:%.4f", f + 1, x[f]));
      }
      text.append('\n');
    }
    return text.toString();
  }

  SimplePipeline pipeline(LambdaMartScorer scorer, PipelineHparams hparams) {
    Map<String, FixedLenFeature> features = new TreeMap<>();
    for (int f = 1; f <= FEATURES; f++) {
      features.put(Integer.toString(f), FixedLenFeature.float32(1).withDefault(0f));
    }
    DatasetHparams data =
        DatasetHparams.builder()
            .datasetReader(DatasetReader.LIBSVM)
            .trainInputPattern(folder + "/train-*")
            .validInputPattern(folder + "/valid.txt")
            .trainBatchSize(8)
            .validBatchSize(8)
            .listSize(12)
            .build();
    return new SimplePipeline(
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), features),
            PreprocessorWithSpec.builder().build(),
            scorer,
            "mask",
            "trees"),
        new SimpleDatasetBuilder(Map.of(), features, "mask", LABEL, data),
        hparams);
  }
}
