package io.rankline.export.solr;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import io.rankline.data.RankingList;
import io.rankline.export.engine.EngineModel;
import io.rankline.feature.transform.NumberColumns;
import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.text.Hocon;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The files of an export, computed as Solr does. */
final class SolrScorer implements ListScorer {

  private static final Pattern MACRO = Pattern.compile("\\$\\{([^:}]*)(?::([^}]*))?}");

  private final String task;
  private final List<String> fields;
  private final List<String> parameters;
  private final List<Config> features;
  private final List<SolrLayer> layers;

  private SolrScorer(
      String task,
      List<String> fields,
      List<String> parameters,
      List<Config> features,
      List<SolrLayer> layers) {
    this.task = task;
    this.fields = fields;
    this.parameters = parameters;
    this.features = features;
    this.layers = layers;
  }

  static SolrScorer read(EngineModel model, Folder folder) throws IOException {
    Map<String, Config> store = new LinkedHashMap<>();
    for (Config feature :
        json("{\"features\":%s}".formatted(text(folder, SolrFeature.FILE)), SolrFeature.FILE)
            .getConfigList("features")) {
      store.put(feature.getString("name"), feature);
    }
    Config network = json(text(folder, SolrFormat.MODEL_FILE), SolrFormat.MODEL_FILE);
    List<SolrLayer> layers = new ArrayList<>();
    for (Config layer : network.getConfigList("params.layers")) {
      List<float[]> matrix =
          layer.getList("matrix").stream().map(row -> floats((ConfigList) row)).toList();
      layers.add(
          new SolrLayer(
              matrix.toArray(float[][]::new),
              floats(layer.getList("bias")),
              layer.getString("activation")));
    }
    List<Config> features = new ArrayList<>();
    for (Config feature : network.getConfigList("features")) {
      Config known = store.get(feature.getString("name"));
      if (known == null || !known.getString("store").equals(network.getString("store"))) {
        throw new IOException(
            "%s has no feature '%s'".formatted(SolrFeature.FILE, feature.getString("name")));
      }
      features.add(known);
    }
    var inputs = model.description().inputs().inputs();
    return new SolrScorer(
        model.description().tasks().firstKey(),
        List.copyOf(inputs.examples().keySet()),
        List.copyOf(inputs.context().keySet()),
        features,
        layers);
  }

  @Override
  public List<SortedMap<String, float[]>> scores(List<RankingList> raw) {
    List<SortedMap<String, float[]>> scores = new ArrayList<>();
    for (RankingList list : raw) {
      SortedMap<String, float[]> ofTasks = new TreeMap<>();
      ofTasks.put(task, list.size() == 0 ? new float[0] : scores(list));
      scores.add(ofTasks);
    }
    return scores;
  }

  private float[] scores(RankingList list) {
    Map<String, String> efi = new HashMap<>();
    for (String name : parameters) {
      float[] value =
          NumberColumns.ofContext(list.layout(), name, 1)
              .read(list.context(), list.contextColumns(), new int[] {0});
      if (!Float.isNaN(value[0])) {
        efi.put(name, Float.toString(value[0]));
      }
    }
    int[] items = IntStream.range(0, list.size()).toArray();
    List<Map<String, Float>> documents =
        Stream.<Map<String, Float>>generate(HashMap::new).limit(items.length).toList();
    for (String name : fields) {
      float[] values =
          NumberColumns.ofExamples(list.layout(), name, 1)
              .read(list.examples(), list.exampleColumns(), items);
      for (int i : items) {
        if (!Float.isNaN(values[i])) {
          documents.get(i).put(name, values[i]);
        }
      }
    }
    float[][] x = new float[features.size()][];
    for (int f = 0; f < x.length; f++) {
      Function<Map<String, Float>, Float> feature = feature(features.get(f), efi);
      x[f] = new float[list.size()];
      for (int i : items) {
        x[f][i] = feature.apply(documents.get(i));
      }
    }
    for (SolrLayer layer : layers) {
      x = layer.apply(x);
    }
    return x[0];
  }

  /** The value of a feature for documents. */
  private static Function<Map<String, Float>, Float> feature(
      Config feature, Map<String, String> efi) {
    String className = feature.getString("class").substring(SolrFeature.PACKAGE.length());
    Config params = feature.getConfig("params");
    switch (className) {
      case SolrFeature.FIELD -> {
        String field = params.getString("field");
        float missing =
            params.hasPath("defaultValue") ? (float) params.getDouble("defaultValue") : 0;
        return document -> document.getOrDefault(field, missing);
      }
      case SolrFeature.VALUE -> {
        float value = Float.parseFloat(expanded(params.getString("value"), efi));
        return document -> value;
      }
      case SolrFeature.QUERY -> {
        String query = expanded(params.getString("q"), efi);
        FunctionQuery.Part function =
            FunctionQuery.parse(query.substring(SolrFeature.FUNCTION.length()));
        return document -> {
          float value = function.of(document).rounded();
          return value >= 0 ? value : 0;
        };
      }
      default ->
          throw new IllegalArgumentException("Solr's feature %s is not known".formatted(className));
    }
  }

  /** Puts parameters of the query into a text. */
  private static String expanded(String text, Map<String, String> efi) {
    return MACRO
        .matcher(text)
        .replaceAll(
            macro -> {
              String value = efi.getOrDefault(macro.group(1), macro.group(2));
              if (value == null) {
                throw new IllegalArgumentException(
                    "the query lacks efi.%s".formatted(macro.group(1)));
              }
              return Matcher.quoteReplacement(value);
            });
  }

  /** Weights: what has neither point nor exponent is no weight for Solr. */
  private static float[] floats(ConfigList list) {
    List<String> texts = list.atKey("weights").getStringList("weights");
    float[] values = new float[texts.size()];
    for (int i = 0; i < values.length; i++) {
      String text = texts.get(i);
      if (text.indexOf('.') < 0 && text.indexOf('E') < 0) {
        throw new IllegalArgumentException("Solr takes no whole number for a weight, got " + text);
      }
      values[i] = (float) Double.parseDouble(text);
    }
    return values;
  }

  private static Config json(String text, String file) {
    ConfigObject root = Hocon.parseJson(text, file);
    return root.toConfig();
  }

  private static String text(Folder folder, String file) throws IOException {
    try (InputStream in = folder.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
