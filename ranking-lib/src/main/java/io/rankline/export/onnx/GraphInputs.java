package io.rankline.export.onnx;

import static io.rankline.export.onnx.GraphWriter.attribute;

import io.rankline.export.onnx.proto.AttributeProto;
import io.rankline.export.onnx.proto.DataType;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.TokenFeature;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/** Declares the inputs of a graph, and finds how many lists and items a request has. */
final class GraphInputs {

  /**
   * 1 at items, 0 at padding, [lists, items]. A float, since Vespa's tensors know no truth values.
   */
  static final String MASK = "mask";

  /** Names of dimensions. */
  static final String LISTS = "lists";

  static final String ITEMS = "items";

  private final GraphWriter graph;

  /** The first column of each input of items as floats, [lists, items, 1]. */
  private final List<String> columnsOfItems = new ArrayList<>();

  /** The same of inputs of lists, [lists, 1]. */
  private final List<String> columnsOfLists = new ArrayList<>();

  private final List<String> contextIds = new ArrayList<>();
  private final List<String> exampleIds = new ArrayList<>();

  /** Declares the inputs of this plan. */
  GraphInputs(EncodedInputs plan, GraphWriter graph) {
    this.graph = graph;
    if (!plan.examples().isEmpty()) {
      int width = FeaturesText.width(plan.examples());
      graph.input(
          EncodedInputs.EXAMPLE_FEATURES, DataType.FLOAT, LISTS, ITEMS, String.valueOf(width));
      columnsOfItems.add(firstColumn(EncodedInputs.EXAMPLE_FEATURES, 2));
    }
    if (!plan.context().isEmpty()) {
      int width = FeaturesText.width(plan.context());
      graph.input(EncodedInputs.CONTEXT_FEATURES, DataType.FLOAT, LISTS, String.valueOf(width));
      columnsOfLists.add(firstColumn(EncodedInputs.CONTEXT_FEATURES, 1));
    }
    for (TokenFeature feature : plan.contextTokens()) {
      contextIds.add(ids(feature, LISTS, feature.name() + "_tokens"));
      columnsOfLists.add(firstColumn(floats(contextIds.get(contextIds.size() - 1)), 1));
    }
    for (TokenFeature feature : plan.exampleTokens()) {
      exampleIds.add(ids(feature, LISTS, ITEMS, feature.name() + "_tokens"));
      columnsOfItems.add(firstColumn(floats(exampleIds.get(exampleIds.size() - 1)), 2));
    }
    graph.input(MASK, DataType.FLOAT, LISTS, ITEMS);
  }

  /**
   * The rows of a request.
   *
   * <p>ONNX does not compare the sizes of inputs, and would score a mask of another shape. What
   * stands side by side must be of one height, though: so columns of all inputs are put beside the
   * mask, and the sizes are those of the result.
   */
  ListRows rows() {
    String ofMask = graph.node("Unsqueeze", MASK, graph.integers(2));
    String shape = sizes("items_of_mask_and_inputs", ofMask, columnsOfItems, 2);
    if (!columnsOfLists.isEmpty()) {
      String lists = part(sizes("lists_of_mask_and_inputs", MASK, columnsOfLists, 1), 0, 1);
      shape = graph.node("Concat", List.of(lists, part(shape, 1, 2)), attribute("axis", 0));
    }
    String isItem = graph.node("Less", graph.floats(new float[] {0}, 1), MASK);
    return new ListRows(graph, isItem, shape);
  }

  /** The tokens of features: those of the context, then those of the examples. */
  List<TokenBag> bags(EncodedInputs plan, ListRows rows) {
    IdentityHashMap<float[], String> tables = new IdentityHashMap<>();
    List<TokenBag> bags = new ArrayList<>();
    for (int k = 0; k < contextIds.size(); k++) {
      bags.add(new TokenBag(graph, plan.contextTokens().get(k), contextIds.get(k), tables));
    }
    for (int k = 0; k < exampleIds.size(); k++) {
      String ids = exampleIds.get(k);
      String tokens = part(graph.node("Shape", ids), 2, 3);
      String shape = graph.node("Concat", List.of(rows.count(), tokens), attribute("axis", 0));
      String flat = graph.node("Reshape", List.of(ids, shape), attribute("allowzero", 1));
      bags.add(new TokenBag(graph, plan.exampleTokens().get(k), flat, tables));
    }
    return bags;
  }

  /** Whether a feature's tokens are looked up in the graph. */
  static boolean isLookedUp(TokenIndex index) {
    return index instanceof VocabularyIndex words && words.oovBuckets() == 0;
  }

  private String ids(TokenFeature feature, String... dimensions) {
    if (!(feature.embedding().index() instanceof VocabularyIndex words) || !isLookedUp(words)) {
      graph.input(feature.name(), DataType.INT64, dimensions);
      return feature.name();
    }
    graph.input(feature.name(), DataType.STRING, dimensions);
    List<String> tokens = new ArrayList<>(words.vocabulary().tokens());
    List<Long> ids = new ArrayList<>();
    for (int id = 0; id < tokens.size(); id++) {
      ids.add(id == words.maskId() ? (long) TokenIndex.NONE : id);
    }
    tokens.add("");
    ids.add((long) TokenIndex.NONE);
    AttributeProto unknown = attribute("default_int64", words.oovId());
    return graph.node(
        "LabelEncoder",
        List.of(feature.name()),
        GraphWriter.texts("keys_strings", tokens),
        attribute("values_int64s", ids),
        unknown);
  }

  private String sizes(String name, String present, List<String> columns, int axis) {
    List<String> parts = new ArrayList<>();
    parts.add(present);
    parts.addAll(columns);
    String joined = graph.named(name, "Concat", parts, attribute("axis", axis));
    return part(graph.node("Shape", joined), 0, 2);
  }

  private String firstColumn(String x, int axis) {
    return graph.node("Slice", x, graph.integers(0), graph.integers(1), graph.integers(axis));
  }

  private String part(String shape, int from, int to) {
    return graph.node("Slice", shape, graph.integers(from), graph.integers(to), graph.integers(0));
  }

  private String floats(String x) {
    return graph.node("Cast", List.of(x), attribute("to", DataType.FLOAT.getNumber()));
  }
}
