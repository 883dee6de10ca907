package io.rankline.export.onnx;

import com.typesafe.config.ConfigValueFactory;
import io.rankline.export.engine.EngineModel;
import io.rankline.export.engine.UnsupportedModelException;
import io.rankline.export.graph.Binary;
import io.rankline.export.graph.InputGraph;
import io.rankline.export.graph.NetworkGraph;
import io.rankline.export.onnx.proto.DataType;
import io.rankline.export.onnx.proto.GraphProto;
import io.rankline.export.onnx.proto.ModelProto;
import io.rankline.export.onnx.proto.OperatorSetIdProto;
import io.rankline.export.onnx.proto.StringStringEntryProto;
import io.rankline.feature.FeatureSpec;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import io.rankline.text.Hocon;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** Writes a model as one graph: defaults, transforms, tokens, network, mask. */
final class OnnxWriter {

  /** The form of the file; of 2021, as the operations below. */
  static final int IR_VERSION = 8;

  /**
   * The release of operations: old enough for every engine that is in use, and the second that
   * knows shapes with a 0, which lists without items have.
   */
  static final int OPSET = 15;

  /** The release of operations for classic machine learning: the first with a lookup of texts. */
  static final int ML_OPSET = 2;

  private final EngineModel model;
  private final EncodedInputs plan;
  private final FeaturesText features;
  private final GraphWriter graph;

  private OnnxWriter(EngineModel model, FeaturesText features) {
    this.model = model;
    this.plan = model.inputs();
    this.features = features;
    this.graph = new GraphWriter(features.model(), names(plan, features));
  }

  /**
   * The file of a model.
   *
   * @throws UnsupportedModelException if it has no form
   */
  static ModelProto write(EngineModel model, FeaturesText features) {
    InputGraph.requireKnown(model.inputs(), OnnxFormat.NAME);
    OnnxWriter writer = new OnnxWriter(model, features);
    writer.writeGraph();
    return writer.file();
  }

  private void writeGraph() {
    GraphInputs inputs = new GraphInputs(plan, graph);
    ListRows rows = inputs.rows();
    OnnxOperators to = new OnnxOperators(graph, rows, inputs.bags(plan, rows));
    List<String> dense = new ArrayList<>();
    var requests = model.scorer().requests();
    if (!plan.examples().isEmpty()) {
      String flat =
          graph.node(
              "Reshape",
              EncodedInputs.EXAMPLE_FEATURES,
              graph.integers(-1, FeaturesText.width(plan.examples())));
      dense.add(transformed(plan.examples(), requests.examples(), flat, to));
    }
    if (!plan.context().isEmpty()) {
      dense.add(
          transformed(plan.context(), requests.context(), EncodedInputs.CONTEXT_FEATURES, to));
    }
    List<String> scores = NetworkGraph.write(model.layers(), dense, to);
    for (int k = 0; k < scores.size(); k++) {
      FeaturesText.Output output = features.outputs().get(k);
      List<String> shape = new ArrayList<>(List.of(GraphInputs.LISTS, GraphInputs.ITEMS));
      if (output.scores() > 1) {
        shape.add(String.valueOf(output.scores()));
      }
      graph.output(output.name(), DataType.FLOAT, shape.toArray(new String[0]));
      rows.score(output.name(), scores.get(k), output.scores());
    }
  }

  private static String transformed(
      List<EncodedFeature> all,
      SortedMap<String, FeatureSpec> specs,
      String values,
      OnnxOperators to) {
    return InputGraph.write(
        all,
        run -> {
          int from = FeaturesText.width(all.subList(0, all.indexOf(run.get(0))));
          int width = FeaturesText.width(run);
          String x = run.size() == all.size() ? values : to.columns(values, from, from + width);
          return withDefaults(x, run, specs, to);
        },
        to);
  }

  /** What records hold that lack a feature; the model's own defaults come after it. */
  private static String withDefaults(
      String x, List<EncodedFeature> run, SortedMap<String, FeatureSpec> specs, OnnxOperators to) {
    float[] row = new float[FeaturesText.width(run)];
    boolean isNeeded = false;
    int column = 0;
    for (EncodedFeature feature : run) {
      for (float value : FeaturesText.defaults(feature, specs.get(feature.name()))) {
        row[column++] = value;
        isNeeded |= Float.isNaN(feature.defaultValue()) && !Float.isNaN(value);
      }
    }
    return isNeeded ? to.binary(Binary.OR_IF_MISSING, x, to.row(row)) : x;
  }

  private ModelProto file() {
    GraphProto written = graph.build();
    ModelProto.Builder file =
        ModelProto.newBuilder()
            .setIrVersion(IR_VERSION)
            .setProducerName("rankline")
            .setProducerVersion(features.rankline())
            .setGraph(written)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(OPSET));
    boolean hasLookups =
        written.getNodeList().stream()
            .anyMatch(node -> node.getDomain().equals(GraphWriter.ML_DOMAIN));
    if (hasLookups) {
      file.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(GraphWriter.ML_DOMAIN).setVersion(ML_OPSET));
    }
    features
        .describe()
        .forEach(
            (key, value) ->
                file.addMetadataProps(
                    StringStringEntryProto.newBuilder()
                        .setKey(key)
                        .setValue(
                            value instanceof String text
                                ? text
                                : Hocon.shown(ConfigValueFactory.fromAnyRef(value)))));
    return file.build();
  }

  /** The names of inputs and outputs, each of which must be the only one. */
  private static Set<String> names(EncodedInputs plan, FeaturesText features) {
    Set<String> names;
    try {
      names = new HashSet<>(plan.inputNames(GraphInputs.MASK));
    } catch (IllegalArgumentException e) {
      throw new UnsupportedModelException(OnnxFormat.NAME, List.of(String.valueOf(e.getMessage())));
    }
    List<String> reasons = new ArrayList<>();
    for (FeaturesText.Output output : features.outputs()) {
      if (!names.add(output.name())) {
        reasons.add(
            "output '%s' has the name of an input; rename the feature".formatted(output.name()));
      }
    }
    if (!reasons.isEmpty()) {
      throw new UnsupportedModelException(OnnxFormat.NAME, reasons);
    }
    return names;
  }
}
