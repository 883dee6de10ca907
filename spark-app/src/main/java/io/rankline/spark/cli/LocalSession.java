package io.rankline.spark.cli;

import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ExitCode;

/** The Spark session of a command: the application's, or one of this machine that ends with it. */
final class LocalSession implements AutoCloseable {

  private final SparkSession session;
  private final boolean own;
  private int status = ExitCode.SOFTWARE;

  private LocalSession(SparkSession session, boolean own) {
    this.session = session;
    this.own = own;
  }

  /** Starts Spark unless it runs. */
  static LocalSession open(String name) {
    boolean own = SparkSession.getDefaultSession().isEmpty();
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    if (own && System.getProperty("spark.master") == null) {
      builder = builder.master("local[*]").config("spark.ui.enabled", false);
    }
    return new LocalSession(builder.getOrCreate(), own);
  }

  SparkSession session() {
    return session;
  }

  /** Called when all is done; a cluster that asks for it, as YARN does, learns so. */
  void succeeded() {
    status = ExitCode.OK;
  }

  @Override
  public void close() {
    if (own) {
      session.sparkContext().stop(status);
    }
  }
}
