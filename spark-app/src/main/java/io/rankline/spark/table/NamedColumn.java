package io.rankline.spark.table;

import io.rankline.text.KnownNames;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Columns by names as users write them: dots and backticks are letters like others. */
public final class NamedColumn {

  private NamedColumn() {}

  /** The column of exactly that name. */
  public static Column of(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  /** Whether a table has a column of exactly that name. */
  public static boolean isIn(StructType schema, String name) {
    return Arrays.asList(schema.fieldNames()).contains(name);
  }

  /** Says that there is none of that name, and which there are, those most like it first. */
  public static String missing(StructType schema, String name, String role) {
    List<String> names = Arrays.asList(schema.fieldNames());
    return "there is no column '%s'%s; columns are %s"
        .formatted(name, role, String.join(", ", KnownNames.nearestFirst(name, names)));
  }
}
