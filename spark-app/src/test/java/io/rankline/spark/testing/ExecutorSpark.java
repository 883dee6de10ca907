package io.rankline.spark.testing;

import java.util.Map;
import org.apache.spark.sql.SparkSession;

/** A Spark session whose executors are processes of their own on this machine. */
public final class ExecutorSpark {

  private ExecutorSpark() {}

  /**
   * Starts one; only one session can be at a time in a JVM.
   *
   * @param executors number of processes
   * @param cores slots of each
   */
  public static SparkSession start(int executors, int cores, Map<String, String> settings) {
    String options =
        System.getProperty("rankline.jvm.opens", "")
            + " -XX:+UseSerialGC -Xss2m -Dlog4j2.level=warn";
    SparkSession.Builder builder =
        SparkSession.builder()
            .master("local-cluster[%d,%d,4096]".formatted(executors, cores))
            .appName("executors")
            .config("spark.ui.enabled", "false")
            .config("spark.driver.host", "127.0.0.1")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.executor.memory", "900m")
            .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .config("spark.executor.extraJavaOptions", options)
            .config("spark.executorEnv.OMP_NUM_THREADS", "1")
            .config("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1");
    settings.forEach(builder::config);
    return builder.getOrCreate();
  }
}
