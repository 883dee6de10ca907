package io.rankline.spark.convert;

import io.rankline.feature.DType;
import io.rankline.spark.terminal.UsageException;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What features and columns are called.
 *
 * @param query the feature or column that distinguishes queries; a feature of the context
 * @param label the label
 * @param labelType type of the label where the data does not say: int64 or float32
 * @param contextColumns other columns that belong to the query
 * @param featurePattern name of a feature of LibSVM, with {@code %d} for its id
 * @param required columns that a table must have, by the option that names each
 */
public record Naming(
    String query,
    String label,
    DType labelType,
    Set<String> contextColumns,
    String featurePattern,
    SortedMap<String, String> required)
    implements Serializable {

  private static final String ID = "%d";

  public Naming {
    contextColumns = Set.copyOf(contextColumns);
    required = new TreeMap<>(required);
    // Records name neither.
    if (!label.isEmpty() && label.equals(query)) {
      throw new UsageException(
          "'%s' cannot be both the query and the label; name another column for one of them"
              .formatted(query));
    }
    int at = featurePattern.indexOf(ID);
    if (at < 0 || featurePattern.indexOf(ID, at + 1) >= 0) {
      throw new UsageException(
          "--feature-name-pattern must contain %%d once, for the feature id, got '%s'"
              .formatted(featurePattern));
    }
  }

  /** Names of which only the context's columns have to be there. */
  public Naming(
      String query,
      String label,
      DType labelType,
      Set<String> contextColumns,
      String featurePattern) {
    this(query, label, labelType, contextColumns, featurePattern, new TreeMap<>());
  }

  /** The same where the label has to be there, since an option names it. */
  public Naming requiringLabel(String option) {
    return new Naming(
        query,
        label,
        labelType,
        contextColumns,
        featurePattern,
        new TreeMap<>(Map.of(option, label)));
  }

  /** Whether a column belongs to the query. */
  boolean isContext(String column) {
    return column.equals(query) || contextColumns.contains(column);
  }

  /** Name of the LibSVM feature of that id. */
  String featureName(int id) {
    return featurePattern.replace(ID, String.valueOf(id));
  }

  /** LibSVM id of the feature of that name, or -1 where it does not follow the pattern. */
  int featureId(String name) {
    int at = featurePattern.indexOf(ID);
    String before = featurePattern.substring(0, at);
    String after = featurePattern.substring(at + ID.length());
    int end = name.length() - after.length();
    if (!name.startsWith(before) || !name.endsWith(after) || end <= at || end - at > 10) {
      return -1;
    }
    for (int i = at; i < end; i++) {
      if (name.charAt(i) < '0' || name.charAt(i) > '9') {
        return -1;
      }
    }
    long id = Long.parseLong(name.substring(at, end));
    return id >= 1 && id <= Integer.MAX_VALUE && featureName((int) id).equals(name) ? (int) id : -1;
  }
}
