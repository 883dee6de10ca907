package org.apache.zeppelin.spark;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.zeppelin.interpreter.InterpreterHookRegistry;
import org.apache.zeppelin.interpreter.ZeppelinContext;

/** What paragraphs know as {@code z}: it shows DataFrames as tables. */
public final class JavaZeppelinContext extends ZeppelinContext {

  private final SparkShims shims;

  JavaZeppelinContext(SparkShims shims, InterpreterHookRegistry hooks, int rows) {
    super(hooks, rows);
    this.shims = shims;
  }

  @Override
  public Map<String, String> getInterpreterClassMap() {
    return Map.of(
        "spark", "org.apache.zeppelin.spark.SparkInterpreter",
        "sql", "org.apache.zeppelin.spark.SparkSqlInterpreter");
  }

  @Override
  @SuppressWarnings("rawtypes") // as declared
  public List<Class> getSupportedClasses() {
    return List.of(Dataset.class);
  }

  @Override
  public String showData(Object data, int rows) {
    return shims.showDataFrame(data, rows, interpreterContext);
  }
}
