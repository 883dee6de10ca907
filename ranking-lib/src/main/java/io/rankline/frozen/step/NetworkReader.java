package io.rankline.frozen.step;

import io.rankline.feature.token.Pooling;
import io.rankline.frozen.step.Plan.Computed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes steps of a network as DL4J saves it: its configuration in JSON, and its parameters. */
public final class NetworkReader {

  private final Settings network;
  private final Parameters parameters;
  private final String mask;
  private final List<Computed> steps = new ArrayList<>();
  private final Map<String, Value> values = new HashMap<>();
  private final Map<String, Integer> tokens = new HashMap<>();
  private final Map<String, Table> tables = new HashMap<>();

  /** Vertices whose values are ids, or rows of several features, which nobody needs as such. */
  private final Set<String> ids = new HashSet<>();

  private final Map<Integer, Integer> uses = new HashMap<>();
  private int places;

  /** An embedding table and the vertex that collects the tokens for it. */
  private record Table(float[] rows, int width, Pooling pooling, String bags) {}

  private NetworkReader(Map<String, Object> configuration, float[] parameters, String mask) {
    this.network = new Settings("network", configuration);
    this.parameters = new Parameters(parameters);
    this.mask = mask;
  }

  /**
   * The steps of a network.
   *
   * @param configuration the JSON object
   * @param parameters all of them, in DL4J's order
   * @param inputs of the network but the mask, in its order
   * @param mask the name of the mask
   * @param towers arithmetic for dense layers; null for plain Java
   * @throws UnknownLayerException for a layer that plain Java has no arithmetic for
   * @throws IllegalArgumentException for a damaged network
   */
  public static Plan read(
      Map<String, Object> configuration,
      float[] parameters,
      List<InputColumns> inputs,
      String mask,
      @Nullable Towers towers) {
    NetworkReader reader = new NetworkReader(configuration, parameters, mask);
    Plan layers = reader.plan(inputs);
    return layers.withSteps(new Chains(towers, reader.uses).finish(layers.steps()));
  }

  /**
   * As {@link #read}, with each dense layer as a {@link DenseLayer}: for those who write the
   * network down for another engine. It cannot be run.
   */
  public static Plan layers(
      Map<String, Object> configuration,
      float[] parameters,
      List<InputColumns> inputs,
      String mask) {
    return new NetworkReader(configuration, parameters, mask).plan(inputs);
  }

  private Plan plan(List<InputColumns> inputs) {
    for (InputColumns input : inputs) {
      if (input.isTokens()) {
        tokens.put(input.name(), tokens.size());
      }
      values.put(input.name(), new Value(places++, input.width(), input.axis()));
    }
    Settings vertices = network.object("vertices");
    for (String name : network.texts("topologicalOrderStr")) {
      if (!values.containsKey(name) && !name.equals(mask)) {
        Settings vertex = new Settings(name, vertices.object(name).fields());
        read(vertex, network.object("vertexInputs").texts(name));
      }
    }
    parameters.requireEnd();
    List<Value> outputs = network.texts("networkOutputs").stream().map(this::value).toList();
    return new Plan(
        inputs.stream().map(input -> value(input.name())).toList(),
        List.copyOf(steps),
        outputs,
        places);
  }

  private void read(Settings vertex, List<String> inputs) {
    switch (vertex.kind()) {
      case "FlattenList" -> sideBySide(vertex, inputs, Axis.ITEMS);
      case "MergeVertex" -> sideBySide(vertex, inputs, value(inputs.get(0)).axis());
      case "TokenBags" -> ids.add(vertex.vertex());
      case "BagSlice" -> bags(vertex, inputs.get(0));
      case "RestoreList", "GaussianNoise" -> values.put(vertex.vertex(), value(inputs.get(0)));
      case "ResidualDropout" -> residual(vertex, inputs);
      case "LatentCross" ->
          add(
              vertex,
              value(inputs.get(0)).width(),
              value(inputs.get(0)).axis(),
              new Cross(value(inputs.get(0)), value(inputs.get(1)), vertex.flag("rectified")));
      case "AdditiveScore" ->
          add(
              vertex,
              1,
              value(inputs.get(0)).axis(),
              new Additive(value(inputs.get(0)), inputs.size() > 1 ? value(inputs.get(1)) : null));
      case "BaseScore" -> {
        Value logits = width(vertex, value(inputs.get(0)), 1);
        int column = vertex.integer("column");
        add(vertex, 1, logits.axis(), new OnBase(logits, value(inputs.get(1)), column));
      }
      case "SubWeights" -> {
        Value input = value(inputs.get(0));
        int parts = vertex.integer("towers");
        add(vertex, input.width() / parts, input.axis(), new SoftmaxSum(input, parts));
      }
      case "ListAttention" -> {
        int heads = vertex.integer("numHeads");
        int keyDim = vertex.integer("keyDim");
        Value input = width(vertex, value(inputs.get(0)), 3L * heads * keyDim);
        add(vertex, heads * keyDim, Axis.ITEMS, new Attend(input, heads, keyDim));
      }
      case "LayerVertex" -> {
        if (vertex.has("preProcessor")) {
          throw unknown(vertex, "preProcessor");
        }
        Settings layer = vertex.object("layerConf").object("layer");
        layer(new Settings(vertex.vertex(), layer.fields()), inputs.get(0));
      }
      default -> throw unknown(vertex, vertex.kind());
    }
  }

  private void layer(Settings layer, String input) {
    switch (layer.kind()) {
      case "DenseBlock" -> dense(layer, value(input));
      case "BatchNormRows" -> {
        int width = layer.integer("nout");
        Value rows = width(layer, value(input), width);
        add(layer, width, rows.axis(), new Normalize(rows, scaling(layer, width)));
      }
      case "LayerNormalization" -> {
        int width = layer.integer("nout");
        Value rows = width(layer, value(input), width);
        float[] gain = parameters.take(width);
        float[] bias = parameters.take(width);
        add(layer, width, rows.axis(), new NormalizeRows(rows, gain, bias, layer.real("epsilon")));
      }
      case "EmbeddingBag" -> {
        int width = layer.integer("nout");
        float[] rows = parameters.take((long) layer.integer("nin") * width);
        Pooling pooling = Pooling.valueOf(layer.text("pooling"));
        Table table = new Table(rows, width, pooling, input);
        tables.put(layer.vertex(), table);
        List<String> features = featuresOf(table);
        if (features.size() == 1) {
          Axis axis = value(features.get(0)).axis();
          add(layer, width, axis, pool(layer, table, features.get(0)));
        } else {
          ids.add(layer.vertex());
        }
      }
      case "Forest" -> {
        Value rows = width(layer, value(input), layer.integer("nin"));
        TreeCode code = new TreeCode(layer.integer("depth"));
        float[] trees = parameters.take((long) layer.integer("trees") * code.length());
        add(layer, 1, rows.axis(), new TreeSum(rows, Trees.of(code, trees, rows.width())));
      }
      case "ListwiseLoss" -> values.put(layer.vertex(), value(input));
      default -> throw unknown(layer, layer.kind());
    }
  }

  private void dense(Settings layer, Value input) {
    int inputs = layer.integer("nin");
    int outputs = layer.integer("nout");
    int[] given = layer.integers("groups");
    int[] groups = given.length == 0 ? new int[] {inputs} : given;
    String norm = layer.text("norm");
    width(layer, input, inputs);
    float[] weights = parameters.take((long) inputs * (outputs / groups.length));
    boolean isFolded = norm.equals("BEFORE_ACTIVATION");
    float[] bias = layer.flag("bias") && !isFolded ? parameters.take(outputs) : new float[outputs];
    Scaling scaling = norm.equals("NONE") ? null : scaling(layer, outputs);
    if (isFolded && scaling != null) {
      scaling.fold(groups, weights);
      bias = scaling.offsets();
      scaling = null;
    }
    Settings function = layer.object("activationFn");
    Activation activation = Activation.of(function.kind(), function.fields());
    if (activation == null) {
      throw unknown(layer, "activation " + function.fields());
    }
    add(
        layer,
        outputs,
        input.axis(),
        new DenseLayer(input, new Layer(groups, outputs, weights, bias, activation, scaling)));
  }

  private Scaling scaling(Settings layer, int width) {
    float[] gamma = parameters.take(width);
    float[] beta = parameters.take(width);
    float[] mean = parameters.take(width);
    float[] variance = parameters.take(width);
    return Scaling.of(gamma, beta, mean, variance, layer.real("epsilon"));
  }

  private void sideBySide(Settings vertex, List<String> inputs, Axis axis) {
    List<Value> parts =
        inputs.stream().filter(input -> !input.equals(mask)).map(this::value).toList();
    int width = parts.stream().mapToInt(Value::width).sum();
    if (parts.size() == 1 && parts.get(0).axis() == axis) {
      values.put(vertex.vertex(), parts.get(0));
    } else {
      add(vertex, width, axis, new SideBySide(parts, width, axis));
    }
  }

  private void bags(Settings vertex, String input) {
    Table table = tables.get(input);
    if (table == null) {
      throw unknown(vertex, "input '%s'".formatted(input));
    }
    int feature = vertex.integer("feature");
    Axis axis = feature < vertex.integer("contextFeatures") ? Axis.LISTS : Axis.ITEMS;
    add(vertex, table.width(), axis, pool(vertex, table, featuresOf(table).get(feature)));
  }

  /** The token features that a table embeds. */
  private List<String> featuresOf(Table table) {
    return network.object("vertexInputs").texts(table.bags()).stream()
        .filter(input -> !input.equals(mask))
        .toList();
  }

  private Pool pool(Settings vertex, Table table, String feature) {
    Integer column = tokens.get(feature);
    if (column == null) {
      throw unknown(vertex, "tokens '%s'".formatted(feature));
    }
    return new Pool(table.rows(), table.width(), table.pooling(), column);
  }

  private void residual(Settings vertex, List<String> inputs) {
    Value branch = value(inputs.get(0));
    if (inputs.size() == 1) {
      values.put(vertex.vertex(), branch);
    } else {
      Value trunk = width(vertex, value(inputs.get(1)), branch.width());
      add(vertex, branch.width(), branch.axis(), new Residual(branch, trunk));
    }
  }

  private void add(Settings vertex, int width, Axis axis, Step step) {
    Value value = new Value(places++, width, axis);
    values.put(vertex.vertex(), value);
    steps.add(new Computed(value, step));
  }

  private Value value(String name) {
    Value value = values.get(name);
    if (ids.contains(name)) {
      throw new UnknownLayerException(
          "the ids of '%s' are read as numbers, which plain Java has no arithmetic for"
              .formatted(name));
    }
    if (value == null) {
      throw new IllegalArgumentException(
          "the network reads '%s' before it is computed".formatted(name));
    }
    uses.merge(value.place(), 1, Integer::sum);
    return value;
  }

  private static Value width(Settings vertex, Value input, long width) {
    if (input.width() != width) {
      throw new IllegalArgumentException(
          "vertex '%s' needs %s columns, got %s".formatted(vertex.vertex(), width, input.width()));
    }
    return input;
  }

  private static UnknownLayerException unknown(Settings vertex, String what) {
    return new UnknownLayerException(
        "vertex '%s' has no arithmetic in plain Java: %s".formatted(vertex.vertex(), what));
  }
}
