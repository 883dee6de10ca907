package io.rankline.pipeline.benchmark;

import io.rankline.data.RankingList;
import io.rankline.data.synthetic.SyntheticList;
import io.rankline.data.synthetic.SyntheticLog;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.Transform;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.model.ModelBuilder;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.DNNScorer;
import io.rankline.pipeline.SimplePipeline;
import io.rankline.pipeline.TrainingResult;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.PipelineHparams;
import io.rankline.serving.SavedRankingModel;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The same network, loss, optimizer, batch size and number of epochs trained twice on the same
 * made-up lists: by the pipeline from ELWC files, and by {@link PlainRanker} from arrays. Initial
 * parameters and orders of lists are each one's own. Rows of results are measured on other lists of
 * the same log, by {@link PlainNdcg}.
 *
 * <p>Hidden layers have batch norm with momentum 0.9 and relu; Adam; features are taken to sign(x)
 * ln(1 + |x|).
 */
final class SyntheticComparison {

  private static final double LEARNING_RATE = 1e-3;
  private static final int BATCH = 16;
  private static final int CHOOSING_LISTS = 256;
  private static final String MASK = "__list_mask__";

  private final Shape shape;
  private final long seed;
  private final Path folder;
  private final RecordSpec spec;
  private final SyntheticLog log;
  private final List<PlainList> train;
  private final List<PlainList> test;

  /**
   * What is trained, and on how much.
   *
   * @param hidden widths of the hidden layers
   * @param trainLists lists to train on
   * @param testLists lists to measure on
   * @param maxListSize items of the longest list
   * @param epochs passes over the lists
   */
  record Shape(List<Integer> hidden, int trainLists, int testLists, int maxListSize, int epochs) {
    int[] widths() {
      return hidden.stream().mapToInt(Integer::intValue).toArray();
    }
  }

  /** NDCG@1, @5 and @10 of an order of the test lists. */
  record Quality(double at1, double at5, double at10) {
    String row() {
      return String.format(Locale.ROOT, "%.4f | %.4f | %.4f", at1, at5, at10);
    }
  }

  /**
   * Makes the lists.
   *
   * @param seed of the log, and of both trainings
   * @param folder gets files and runs
   */
  SyntheticComparison(Shape shape, long seed, Path folder) throws IOException {
    this.shape = shape;
    this.seed = seed;
    this.folder = folder;
    Map<String, FeatureSpec> examples = new TreeMap<>();
    for (int id = 1; id <= SyntheticLog.FEATURES; id++) {
      // Numbers of three digits sort as the columns of the log stand.
      examples.put(
          "custom_features_%03d".formatted(id), FixedLenFeature.float32(1).withDefault(0f));
    }
    this.spec =
        RecordSpec.of(Map.of(), examples)
            .withLabels(LabelSpec.of("utility", FixedLenFeature.float32(1).withDefault(-1f)));
    this.log = new SyntheticLog(seed, shape.maxListSize());
    this.train = PlainList.of(log, 0, shape.trainLists());
    this.test = PlainList.of(log, shape.trainLists(), shape.testLists());
    Files.createDirectories(folder);
    write("train", 0, shape.trainLists());
    write("test", shape.trainLists(), shape.testLists());
  }

  /** What the pipeline reaches. */
  Quality pipeline(PlainLoss loss) throws IOException {
    String key = loss.name().toLowerCase(Locale.ROOT);
    Path modelDir = folder.resolve(key);
    DatasetHparams data =
        DatasetHparams.builder()
            .trainInputPattern(folder.resolve("train").toString())
            .validInputPattern(folder.resolve("test").toString())
            .trainBatchSize(BATCH)
            .validBatchSize(BATCH)
            .shuffleBufferSize(shape.trainLists())
            .seed(seed)
            .build();
    PipelineHparams hparams =
        PipelineHparams.builder()
            .modelDir(modelDir.toString())
            .numEpochs(shape.epochs())
            .loss(key)
            .optimizer("adam")
            .learningRate(LEARNING_RATE)
            .seed(seed)
            .build();
    ModelBuilder model =
        new ModelBuilder(
            new FeatureSpecInputCreator(Map.of(), spec.examples()),
            PreprocessorWithSpec.forAll(spec.examples().keySet(), Transform.LOG1P),
            DNNScorer.builder()
                .hiddenLayerDims(shape.widths())
                .batchNormMoment(0.9)
                .dropout(0)
                .build(),
            MASK,
            "comparison");
    SimpleDatasetBuilder lists =
        new SimpleDatasetBuilder(Map.of(), spec.examples(), MASK, spec.labels().get(0), data);
    TrainingResult result = new SimplePipeline(model, lists, hparams).trainAndValidate();
    Quality measured = measure(served(modelDir));
    requireSame("NDCG@1", result.lastEpoch().logs().get("val_metric/ndcg_1"), measured.at1());
    requireSame("NDCG@5", result.lastEpoch().logs().get("val_metric/ndcg_5"), measured.at5());
    requireSame("NDCG@10", result.lastEpoch().logs().get("val_metric/ndcg_10"), measured.at10());
    return measured;
  }

  /** What the plain loops reach. */
  Quality plain(PlainLoss loss) {
    PlainRanker ranker = new PlainRanker(SyntheticLog.FEATURES, shape.widths(), 31 * seed + 7);
    ranker.train(train, loss, shape.epochs(), BATCH, LEARNING_RATE);
    return measure(ranker::scores);
  }

  /** What the utility that labels were drawn from reaches. */
  Quality trueUtility() {
    return measure(PlainList::utility);
  }

  /** What the feature reaches, up or down, that is best on training lists by NDCG@10. */
  Quality bestFeature() {
    List<PlainList> few = train.subList(0, Math.min(CHOOSING_LISTS, train.size()));
    double best = -1;
    Function<PlainList, double[]> chosen = PlainList::labels;
    for (int f = 0; f < SyntheticLog.FEATURES; f++) {
      int column = f;
      for (int sign : new int[] {1, -1}) {
        Function<PlainList, double[]> scores = list -> scaled(list.feature(column), sign);
        double value = PlainNdcg.mean(few, few.stream().map(scores).toList(), 10);
        if (value > best) {
          best = value;
          chosen = scores;
        }
      }
    }
    return measure(chosen);
  }

  /** What a random order reaches. */
  Quality random() {
    Random draws = new Random(seed);
    return measure(list -> draws.doubles(list.labels().length).toArray());
  }

  private Quality measure(Function<PlainList, double[]> scores) {
    return measure(test.stream().map(scores).toList());
  }

  private Quality measure(List<double[]> scores) {
    return new Quality(
        PlainNdcg.mean(test, scores, 1),
        PlainNdcg.mean(test, scores, 5),
        PlainNdcg.mean(test, scores, 10));
  }

  /** Scores that the exported model gives the test lists, from the features of the log. */
  private List<double[]> served(Path modelDir) throws IOException {
    SavedRankingModel saved =
        SavedRankingModel.load(modelDir.resolve("export/latest_model").toString());
    List<double[]> scores = new ArrayList<>();
    for (int k = 0; k < test.size(); k++) {
      float[] predicted = saved.predict(list(log.list((long) shape.trainLists() + k)));
      double[] values = new double[predicted.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = predicted[i];
      }
      scores.add(values);
    }
    return scores;
  }

  /** The pipeline's own metric is to be the same number. */
  private static void requireSame(String what, @Nullable Double logged, double measured) {
    if (logged == null || Math.abs(logged - measured) > 1e-6) {
      throw new IllegalStateException(
          "%s of the pipeline must be %s, got %s".formatted(what, measured, logged));
    }
  }

  private static double[] scaled(double[] values, int sign) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= sign;
    }
    return values;
  }

  private void write(String name, long first, int count) {
    ElwcEncoder encoder = new ElwcEncoder(spec);
    try (TfRecordWriter writer =
        new TfRecordWriter(new BufferedOutputStream(Files.newOutputStream(folder.resolve(name))))) {
      for (long number = first; number < first + count; number++) {
        writer.write(encoder.encode(list(log.list(number))));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private RankingList list(SyntheticList made) {
    float[] labels = new float[made.size()];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = made.labels()[i];
    }
    return new RankingList(
        spec.layout(),
        made.size(),
        made.size(),
        new float[0],
        made.features(),
        labels,
        new float[0],
        List.of(),
        List.of());
  }
}
