package io.rankline.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OrtException;
import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.onnx.OnnxFormat;
import io.rankline.export.onnx.OnnxScorer;
import io.rankline.export.onnx.interpreter.Interpreter;
import io.rankline.export.onnx.interpreter.Tensor;
import io.rankline.export.onnx.proto.ModelProto;
import io.rankline.export.parity.Parity;
import io.rankline.export.parity.ParityLists;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime's scores of every kind of model are the model's. */
class OnnxFilesTest {

  /** Float32 through some layers, relative to scores above 1. */
  private static final double ROUNDING = 1e-5;

  private static final int LISTS = 50;

  static List<String> kinds() {
    return ExportedKinds.names();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void everyKindScoresAsTheModelDoes(String kind) throws Exception {
    EngineModel model = ExportedKinds.model(kind);
    List<RankingList> lists = lists(model);

    try (OnnxRuntimeGraph graph = graph(kind)) {
      OnnxScorer engine = new OnnxScorer(ExportedKinds.export(kind), graph);

      assertThat(Parity.of(model.scorer(), engine, lists, "lists", ROUNDING).largestDifference())
          .isLessThanOrEqualTo(ROUNDING);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void theInterpreterScoresAsOnnxRuntimeDoes(String kind) throws Exception {
    EngineModel model = ExportedKinds.model(kind);
    List<RankingList> lists = lists(model);

    try (OnnxRuntimeGraph graph = graph(kind)) {
      Map<String, Tensor> inputs = new OnnxScorer(ExportedKinds.export(kind), graph).inputs(lists);
      Map<String, Tensor> found = graph.run(inputs);

      Map<String, Tensor> expected = interpreter(kind).run(inputs);

      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach((name, scores) -> requireAlike(scores, output(found, name)));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void paddingHasTheScoreOfPadding(String kind) throws Exception {
    EngineModel model = ExportedKinds.model(kind);
    List<RankingList> lists = ParityLists.of(model, 2).lists();

    try (OnnxRuntimeGraph graph = graph(kind)) {
      Map<String, Tensor> inputs =
          new HashMap<>(new OnnxScorer(ExportedKinds.export(kind), graph).inputs(lists));
      float[] mask = mask(inputs).floats();
      Arrays.fill(mask, 0, mask.length / 2, 0);

      for (Tensor scores : graph.run(inputs).values()) {
        float[] ofFirst = Arrays.copyOf(scores.floats(), scores.floats().length / 2);
        assertThat(ofFirst).containsOnly((float) ListBatch.PADDING_SCORE);
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void listsWithoutItemsHaveNoScores(String kind) throws Exception {
    EngineModel model = ExportedKinds.model(kind);
    RankingList list = ParityLists.of(model, 1).lists().get(0);

    try (OnnxRuntimeGraph graph = graph(kind)) {
      OnnxScorer engine = new OnnxScorer(ExportedKinds.export(kind), graph);

      assertThat(engine.scores(List.of(list.select(new int[0]))).get(0).values())
          .allSatisfy(scores -> assertThat(scores).isEmpty());
      assertThat(engine.scores(List.of())).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"dnn-relu", "transformer"})
  void aListOfTwoHundredItemsScoresAsTheModelDoes(String kind) throws Exception {
    EngineModel model = ExportedKinds.model(kind);
    List<RankingList> lists = List.of(repeated(ParityLists.of(model, 1).lists().get(0), 200));

    try (OnnxRuntimeGraph graph = graph(kind)) {
      OnnxScorer engine = new OnnxScorer(ExportedKinds.export(kind), graph);

      assertThat(Parity.of(model.scorer(), engine, lists, "a list", ROUNDING).largestDifference())
          .isLessThanOrEqualTo(ROUNDING);
    }
  }

  @ParameterizedTest(name = "{0} and {1}")
  @CsvSource({"3, 2", "1, 6", "6, 1", "1, 3", "2, 1", "1, 1", "2, 2"})
  void aMaskOfAnotherShapeIsRefused(int lists, int items) throws Exception {
    try (OnnxRuntimeGraph graph = graph("dnn-context")) {
      Map<String, Tensor> inputs = new HashMap<>();
      inputs.put("example_features", Tensor.floats(new float[2 * 3 * 7], 2, 3, 7));
      inputs.put("context_features", Tensor.floats(new float[2 * 3], 2, 3));
      inputs.put("mask", Tensor.floats(new float[lists * items], lists, items));

      assertThatThrownBy(() -> graph.run(inputs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("_of_mask_and_inputs");
    }
  }

  @Test
  void aContextOfAnotherNumberOfListsIsRefused() throws Exception {
    try (OnnxRuntimeGraph graph = graph("dnn-context")) {
      Map<String, Tensor> inputs = new HashMap<>();
      inputs.put("example_features", Tensor.floats(new float[2 * 3 * 7], 2, 3, 7));
      inputs.put("context_features", Tensor.floats(new float[3], 1, 3));
      inputs.put("mask", Tensor.floats(new float[2 * 3], 2, 3));

      assertThatThrownBy(() -> graph.run(inputs))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("lists_of_mask_and_inputs");
    }
  }

  @Test
  void theFileSaysWhatItIs() throws Exception {
    try (OnnxRuntimeGraph graph = graph("tasks")) {
      assertThat(graph.metadata())
          .containsOnlyKeys("model", "rankline", "features", "tokens", "outputs")
          .containsEntry("model", "shop")
          .containsEntry("tokens", "[]")
          .containsEntry(
              "outputs",
              "[{\"name\":\"buy\",\"scores\":1,\"task\":\"buy\"},"
                  + "{\"name\":\"click\",\"scores\":1,\"task\":\"click\"}]");
    }
  }

  /** A list of dense features alone, its items over and over. */
  private static RankingList repeated(RankingList list, int size) {
    int width = list.layout().exampleWidth();
    float[] examples = new float[size * width];
    for (int v = 0; v < examples.length; v++) {
      examples[v] = list.examples()[v % list.examples().length] * (1 + 1f / (1 + v / width));
    }
    return new RankingList(
        list.layout(),
        size,
        size,
        list.context(),
        examples,
        new float[0],
        new float[0],
        List.of(),
        List.of());
  }

  private static List<RankingList> lists(EngineModel model) {
    List<RankingList> lists = new ArrayList<>(ParityLists.of(model, LISTS).lists());
    lists.add(3, lists.get(0).select(new int[0]));
    lists.add(lists.get(0).select(new int[] {0}));
    return lists;
  }

  private static void requireAlike(Tensor expected, Tensor found) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    for (int i = 0; i < expected.floats().length; i++) {
      float score = expected.floats()[i];
      assertThat((double) found.floats()[i])
          .isCloseTo(score, within(ROUNDING * Math.max(1, Math.abs(score))));
    }
  }

  private static Tensor mask(Map<String, Tensor> inputs) {
    return Objects.requireNonNull(inputs.get("mask"));
  }

  private static Tensor output(Map<String, Tensor> outputs, String name) {
    return Objects.requireNonNull(outputs.get(name));
  }

  private static Interpreter interpreter(String kind) throws IOException {
    try (InputStream file = ExportedKinds.export(kind).open(OnnxFormat.MODEL_FILE)) {
      return new Interpreter(ModelProto.parseFrom(file));
    }
  }

  private static OnnxRuntimeGraph graph(String kind) throws OrtException {
    return new OnnxRuntimeGraph(ExportedKinds.path(kind).resolve(OnnxFormat.MODEL_FILE));
  }
}
