package io.rankline.spark.testing;

import org.apache.spark.sql.SparkSession;

/** The one session of a test JVM: two threads, no web pages. */
public final class LocalSpark {

  private LocalSpark() {}

  /** A column to spread rows by. */
  public static org.apache.spark.sql.Column hashOf(String column) {
    return org.apache.spark.sql.functions.hash(org.apache.spark.sql.functions.col(column));
  }

  /** The session, started at the first call. */
  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "4")
        .config("spark.sql.warehouse.dir", warehouse())
        .getOrCreate();
  }

  /** Two test JVMs may run side by side. */
  private static String warehouse() {
    return System.getProperty("java.io.tmpdir") + "/warehouse-" + ProcessHandle.current().pid();
  }
}
