package io.rankline.spark.table;

import io.rankline.data.ListLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a table that lists are made of.
 *
 * @param layout of the lists
 * @param context features of the query by name
 * @param examples features of items by name
 * @param labels in the order of tasks
 * @param weight null for none
 * @param group ordinal of the column that tells queries apart, or {@link #NONE}
 * @param mask ordinal of the column that says which positions of a list hold an item, or {@link
 *     #NONE}
 */
record TableColumns(
    ListLayout layout,
    Map<String, TableColumn> context,
    Map<String, TableColumn> examples,
    List<TableColumn> labels,
    @Nullable TableColumn weight,
    int group,
    int mask)
    implements Serializable {

  static final int NONE = -1;

  TableColumns {
    context = new LinkedHashMap<>(context);
    examples = new LinkedHashMap<>(examples);
    labels = new ArrayList<>(labels);
  }
}
