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
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.transform.Bucketize;
import io.rankline.feature.transform.OneHot;
import io.rankline.feature.transform.Transform;
import io.rankline.model.ModelDescription;
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
import java.util.stream.Stream;

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
    EncodedInputs inputs = model.inputs();
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
      dense.add(
          new RowSteps(graph)
              .finite(InputGraph.write(features, values, operators), fault(model.description())));
    }
  }

  /** The same for context and examples: TensorFlow may check both at once, and say either. */
  private static String fault(ModelDescription model) {
    List<String> optional =
        Stream.concat(model.inputs().context().stream(), model.inputs().examples().stream())
            .filter(feature -> Float.isNaN(feature.defaultValue()))
            .filter(feature -> feature.chain().transforms().stream().noneMatch(ModelGraph::absorbs))
            .filter(feature -> isOptional(model.inputs().inputs(), feature.name()))
            .map(EncodedFeature::name)
            .toList();
    return "a feature is infinite"
        + (optional.isEmpty()
            ? ""
            : ", or missing and without a default, of " + String.join(", ", optional));
  }

  /** Whether a request may lack it, and still nothing stands for it. */
  private static boolean isOptional(RecordSpec inputs, String name) {
    FeatureSpec spec = inputs.examples().getOrDefault(name, inputs.context().get(name));
    return !(spec instanceof FixedLenFeature fixed)
        || fixed.defaultValues().stream()
            .anyMatch(value -> value instanceof Float number && Float.isNaN(number));
  }

  /** Whether a missing value becomes numbers. */
  private static boolean absorbs(Transform transform) {
    return transform instanceof OneHot
        || (transform instanceof Bucketize buckets && buckets.output() == Bucketize.Output.ONE_HOT);
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
