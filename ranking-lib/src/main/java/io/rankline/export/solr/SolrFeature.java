package io.rankline.export.solr;

import io.rankline.text.Hocon;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A feature of Solr's feature store.
 *
 * @param name unique in its store
 * @param className of Solr, without its package
 * @param params what the class takes
 */
public record SolrFeature(String name, String className, Map<String, Object> params) {

  /** The file of a store's features. */
  public static final String FILE = "features.json";

  /** What Solr takes between <code>${</code> and the end of a name. */
  private static final Pattern EFI_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.]*");

  static final String PACKAGE = "org.apache.solr.ltr.feature.";
  static final String FIELD = "FieldValueFeature";
  static final String QUERY = "SolrFeature";
  static final String VALUE = "ValueFeature";
  static final String FUNCTION = "{!func}";

  public SolrFeature {
    params = Map.copyOf(params);
  }

  /**
   * A number in a field of a document, stored or with docValues.
   *
   * @param missing for documents without it; NaN for 0, as Solr has it
   */
  public static SolrFeature ofField(String name, String field, float missing) {
    return new SolrFeature(
        name,
        FIELD,
        Float.isNaN(missing)
            ? Map.of("field", field)
            : Map.of("field", field, "defaultValue", Hocon.plain(missing)));
  }

  /**
   * A number that comes with the query, as {@code efi.PARAMETER}.
   *
   * @param missing for queries without it; NaN if they must have it
   */
  public static SolrFeature ofQuery(String name, String parameter, float missing) {
    boolean isRequired = Float.isNaN(missing);
    return ofQuery(name, macro(parameter, missing), isRequired);
  }

  /** Whether Solr can read a parameter of this name. */
  public static boolean isParameter(String name) {
    return EFI_NAME.matcher(name).matches();
  }

  /** What stands for a parameter in the parameters of a feature. */
  static String macro(String parameter, float missing) {
    return Float.isNaN(missing)
        ? "${%s}".formatted(parameter)
        : "${%s:%s}".formatted(parameter, missing);
  }

  /** A number that comes with the query; {@code macro} stands for it. */
  static SolrFeature ofQuery(String name, String macro, boolean isRequired) {
    return new SolrFeature(name, VALUE, Map.of("value", macro, "required", isRequired));
  }

  /** The value of a function query, 0 where it is negative. */
  static SolrFeature ofFunction(String name, String function) {
    return new SolrFeature(name, QUERY, Map.of("q", FUNCTION + function));
  }

  /** The file of a store with these features. */
  public static String render(String store, List<SolrFeature> features) {
    return features.stream()
        .map(feature -> Hocon.render(feature.describe(store)))
        .collect(Collectors.joining(",\n", "[\n", "\n]\n"));
  }

  private Map<String, Object> describe(String store) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("store", store);
    fields.put("name", name);
    fields.put("class", PACKAGE + className);
    fields.put("params", params);
    return fields;
  }
}
