package io.rankline.export.tensorflow;

import static io.rankline.export.tensorflow.proto.DataType.DT_FLOAT;
import static io.rankline.export.tensorflow.proto.DataType.DT_STRING;

import io.rankline.export.engine.EngineModel;
import io.rankline.export.graph.InputGraph;
import io.rankline.export.graph.NetworkGraph;
import io.rankline.export.tensorflow.TensorflowOperators.TokenInput;
import io.rankline.export.tensorflow.proto.DataType;
import io.rankline.export.tensorflow.proto.MetaGraphDef;
import io.rankline.export.tensorflow.proto.SavedModel;
import io.rankline.export.tensorflow.proto.SignatureDef;
import io.rankline.export.tensorflow.proto.TensorInfo;
import io.rankline.feature.RecordSpec;
import io.rankline.model.TaskLoss;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.TokenFeature;
import io.rankline.serving.SignatureName;
import io.rankline.serving.Signatures;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A model as a SavedModel: a graph with a part for each signature, which share all constants. */
final class ModelGraph {

  /** What loaders ask for a graph by. */
  static final String TAG = "serve";

  /** The one input of every signature. */
  static final String INPUTS = "inputs";

  /** The key of what a loader runs once, and the name of that among the outputs. */
  static final String INITIALIZATION = "__saved_model_init_op";

  private static final int UNKNOWN = -1;

  private final EngineModel model;
  private final GraphBuilder graph = new GraphBuilder();
  private final VocabularyTables vocabularies = new VocabularyTables(graph);

  private ModelGraph(EngineModel model) {
    this.model = model;
  }

  /** The model as it is written. */
  static SavedModel of(EngineModel model) {
    return new ModelGraph(model).write();
  }

  private SavedModel write() {
    Map<SignatureName, SignatureDef> signatures = new EnumMap<>(SignatureName.class);
    for (SignatureName name : SignatureName.values()) {
      signatures.put(name, signature(name));
    }
    MetaGraphDef.Builder content =
        MetaGraphDef.newBuilder()
            .setMetaInfoDef(MetaGraphDef.MetaInfoDef.newBuilder().addTags(TAG));
    model
        .scorer()
        .signatures()
        .keys()
        .keySet()
        .forEach(
            key ->
                content.putSignatureDef(
                    key,
                    signatures.get(
                        key.equals(SignatureName.SERVING_DEFAULT)
                            ? model.servingDefault()
                            : model.scorer().signatures().ofKey(key))));
    graph.scope("initialization");
    vocabularies
        .initialization()
        .ifPresent(
            operation ->
                content.putSignatureDef(
                    INITIALIZATION,
                    SignatureDef.newBuilder()
                        .putOutputs(
                            INITIALIZATION, TensorInfo.newBuilder().setName(operation).build())
                        .build()));
    return SavedModel.newBuilder()
        .setSavedModelSchemaVersion(1)
        .addMetaGraphs(content.setGraphDef(graph.build()))
        .build();
  }

  private SignatureDef signature(SignatureName name) {
    graph.scope(name.wireName());
    String records =
        graph
            .op("Placeholder")
            .named(name.wireName() + "/" + INPUTS)
            .type("dtype", DT_STRING)
            .shape("shape", List.of(UNKNOWN))
            .add();
    Lists lists =
        name == SignatureName.PREDICT
            ? new PaddedLists(records, graph)
            : new SingleItems(records, graph);
    SignatureDef.Builder signature =
        SignatureDef.newBuilder()
            .setMethodName(name.key())
            .putInputs(INPUTS, tensor(records, DT_STRING, List.of(UNKNOWN)));
    List<String> scores = scores(lists);
    int dimensions = name == SignatureName.PREDICT ? 2 : 1;
    int task = 0;
    for (Map.Entry<String, TaskLoss> entry : model.description().tasks().entrySet()) {
      int each = entry.getValue().scoresOfItem();
      List<Integer> shape = new ArrayList<>();
      for (int d = 0; d < dimensions; d++) {
        shape.add(UNKNOWN);
      }
      if (each > 1) {
        shape.add(each);
      }
      String output = model.description().tasks().size() == 1 ? Signatures.OUTPUTS : entry.getKey();
      signature.putOutputs(output, tensor(lists.answer(scores.get(task++), each), DT_FLOAT, shape));
    }
    return signature.build();
  }

  private static TensorInfo tensor(String node, DataType type, List<Integer> shape) {
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(type)
        .setTensorShape(GraphBuilder.shape(shape))
        .build();
  }

  /** The scores of each task, [M, each]. */
  private List<String> scores(Lists lists) {
    EncodedInputs inputs = model.description().inputs();
    RecordSpec requests = model.scorer().requests();
    ParsedFeatures examples =
        ParsedFeatures.of(
            lists.items(),
            names(inputs.examples(), inputs.exampleTokens()),
            requests.examples(),
            graph);
    ParsedFeatures contexts =
        ParsedFeatures.of(
            lists.contexts(),
            names(inputs.context(), inputs.contextTokens()),
            requests.context(),
            graph);
    List<TokenInput> tokens = new ArrayList<>();
    inputs.contextTokens().forEach(feature -> tokens.add(input(feature, contexts)));
    inputs.exampleTokens().forEach(feature -> tokens.add(input(feature, examples)));
    TensorflowOperators operators =
        new TensorflowOperators(graph, lists, new TokenGraph(graph, vocabularies), tokens);
    List<String> dense = new ArrayList<>();
    addDense(dense, inputs.examples(), examples, operators);
    addDense(dense, inputs.context(), contexts, operators);
    return NetworkGraph.write(model.layers(), dense, operators);
  }

  /** What Rankline refuses is refused here, too: a network would make scores of it. */
  private void addDense(
      List<String> dense,
      List<EncodedFeature> features,
      ParsedFeatures values,
      TensorflowOperators operators) {
    if (!features.isEmpty()) {
      String first = features.get(0).name();
      String last = features.get(features.size() - 1).name();
      dense.add(
          new RowSteps(graph)
              .finite(
                  InputGraph.write(features, values, operators),
                  "missing without a default, or infinite: "
                      + (features.size() == 1
                          ? "feature '%s'".formatted(first)
                          : "one of the features from '%s' to '%s'".formatted(first, last))));
    }
  }

  private static TokenInput input(TokenFeature feature, ParsedFeatures features) {
    return new TokenInput(features.tokens(feature.name()), feature.embedding());
  }

  private static Set<String> names(List<EncodedFeature> dense, List<TokenFeature> tokens) {
    Set<String> names = new TreeSet<>();
    dense.forEach(feature -> names.add(feature.name()));
    tokens.forEach(feature -> names.add(feature.name()));
    return names;
  }
}
