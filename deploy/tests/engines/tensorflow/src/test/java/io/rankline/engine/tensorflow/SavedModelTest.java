package io.rankline.engine.tensorflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.engine.tensorflow.LoadedModel.Output;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.parity.ParityLists;
import io.rankline.export.tensorflow.TensorflowFormat;
import io.rankline.io.record.ElwcEncoder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TensorFlow's scores of every kind of model are the model's, through every signature. */
class SavedModelTest {

  /** Float32 through some layers, relative to scores above 1. */
  private static final double ROUNDING = 1e-5;

  /** The same, where both take nearly the same sums. */
  private static final double ROUNDING_OF_READER = 5e-6;

  private static final String PREDICT = "tensorflow/serving/predict";
  private static final String REGRESS = "tensorflow/serving/regress";

  private static final float PADDING = (float) ListBatch.PADDING_SCORE;

  private static final int LISTS = 20;

  static List<String> kinds() {
    return ExportedKinds.names();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void predictScoresAsTheModelDoes(String kind) {
    EngineModel model = ExportedKinds.model(kind);
    List<RankingList> lists = lists(model);
    ElwcEncoder encoder = new ElwcEncoder(model.scorer().requests());

    SortedMap<String, Output> outputs =
        loaded(kind, PREDICT, lists.stream().map(encoder::encode).toList());

    assertThat(outputs.keySet()).isEqualTo(names(model));
    for (String task : model.scorer().tasks()) {
      Output output = output(outputs, task);
      int each = scoresOfItem(model, task);
      int longest = lists.stream().mapToInt(RankingList::size).max().orElseThrow();
      assertThat(output.shape()).isEqualTo(shape(each, lists.size(), longest));
      List<SortedMap<String, float[]>> expected = model.scorer().predictAll(lists);
      for (int q = 0; q < lists.size(); q++) {
        float[] row = row(output, q, longest * each);
        int size = lists.get(q).size() * each;
        assertAlike(expected.get(q).get(task), Arrays.copyOf(row, size), ROUNDING);
        for (int i = size; i < row.length; i++) {
          assertThat(row[i]).isEqualTo(PADDING);
        }
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void regressScoresItemsAsListsOfOne(String kind) {
    EngineModel model = ExportedKinds.model(kind);
    List<RankingList> items = items(model);
    ElwcEncoder encoder = new ElwcEncoder(model.scorer().requests());
    List<byte[]> examples = items.stream().map(item -> encoder.encodeItem(item, 0)).toList();

    SortedMap<String, Output> outputs = loaded(kind, REGRESS, examples);

    assertThat(outputs.keySet()).isEqualTo(names(model));
    List<SortedMap<String, float[]>> expected = model.scorer().predictAll(items);
    for (String task : model.scorer().tasks()) {
      int each = scoresOfItem(model, task);
      Output output = output(outputs, task);
      assertThat(output.shape()).isEqualTo(shape(each, items.size()));
      for (int i = 0; i < items.size(); i++) {
        assertAlike(expected.get(i).get(task), row(output, i, each), ROUNDING);
      }
    }
    assertThat(loaded(kind, "serving_default", examples))
        .usingRecursiveComparison()
        .isEqualTo(outputs);
  }

  /** So what an export's parity says of its reader holds for TensorFlow. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void theReaderComputesWhatTensorFlowComputes(String kind) throws IOException {
    EngineModel model = ExportedKinds.model(kind);
    List<RankingList> lists = lists(model);
    ElwcEncoder encoder = new ElwcEncoder(model.scorer().requests());

    List<SortedMap<String, float[]>> read =
        new TensorflowFormat()
            .read(model, ExportedKinds.folder(ExportedKinds.saved(kind)))
            .scores(lists);

    SortedMap<String, Output> outputs =
        loaded(kind, PREDICT, lists.stream().map(encoder::encode).toList());
    for (String task : model.scorer().tasks()) {
      Output output = output(outputs, task);
      int width = output.values().length / lists.size();
      for (int q = 0; q < lists.size(); q++) {
        float[] scores = Objects.requireNonNull(read.get(q).get(task));
        assertAlike(
            scores, Arrays.copyOf(row(output, q, width), scores.length), ROUNDING_OF_READER);
      }
    }
  }

  private static SortedMap<String, Output> loaded(
      String kind, String signature, List<byte[]> records) {
    try (LoadedModel model = LoadedModel.load(ExportedKinds.saved(kind))) {
      return model.call(signature, records);
    }
  }

  /** Such as parity is measured on, and one without items. */
  private static List<RankingList> lists(EngineModel model) {
    List<RankingList> lists = new ArrayList<>(ParityLists.of(model, LISTS).lists());
    lists.add(3, lists.get(0).select(new int[0]));
    lists.add(lists.get(0).select(new int[] {0}));
    return lists;
  }

  private static List<RankingList> items(EngineModel model) {
    List<RankingList> items = new ArrayList<>();
    for (RankingList list : lists(model)) {
      for (int i = 0; i < list.size(); i++) {
        items.add(list.select(new int[] {i}));
      }
    }
    return items;
  }

  private static int scoresOfItem(EngineModel model, String task) {
    return Objects.requireNonNull(model.description().tasks().get(task)).scoresOfItem();
  }

  private static long[] shape(int each, long... shape) {
    long[] all = Arrays.copyOf(shape, shape.length + (each > 1 ? 1 : 0));
    if (each > 1) {
      all[shape.length] = each;
    }
    return all;
  }

  private static Set<String> names(EngineModel model) {
    return new TreeSet<>(
        model.scorer().tasks().size() == 1 ? List.of("outputs") : model.scorer().tasks());
  }

  private static Output output(SortedMap<String, Output> outputs, String task) {
    return Objects.requireNonNull(outputs.get(outputs.size() == 1 ? "outputs" : task));
  }

  private static float[] row(Output output, int row, int width) {
    return Arrays.copyOfRange(output.values(), row * width, (row + 1) * width);
  }

  private static void assertAlike(float @Nullable [] expected, float[] found, double rounding) {
    assertThat(found).hasSameSizeAs(expected);
    double largest = 0;
    for (int i = 0; expected != null && i < found.length; i++) {
      double off = Math.abs(expected[i] - found[i]) / Math.max(1, Math.abs(expected[i]));
      // Not Math.max: what is no number must not pass.
      largest = off <= largest ? largest : off;
    }
    assertThat(largest).isLessThan(rounding);
  }
}
