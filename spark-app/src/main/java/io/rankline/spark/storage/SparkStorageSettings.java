package io.rankline.spark.storage;

import io.rankline.io.StorageSettings;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import scala.Tuple2;

/**
 * The {@code spark.hadoop.…} properties, without that prefix, as Spark takes them for its own jobs:
 * those of the application, on its driver and on executors, and in a process that has started no
 * Spark those that {@code spark-submit} was given.
 */
public final class SparkStorageSettings implements StorageSettings {

  /** What the names of the properties begin with. */
  public static final String PREFIX = "spark.hadoop.";

  /** Made by {@link java.util.ServiceLoader}. */
  public SparkStorageSettings() {}

  @Override
  public void addTo(Configuration configuration) {
    properties().forEach(configuration::set);
  }

  private static Map<String, String> properties() {
    // That of a driver or of an executor; none where no Spark was started.
    SparkEnv running = SparkEnv.get();
    return running == null ? submitted() : of(running.conf());
  }

  private static Map<String, String> of(SparkConf application) {
    Map<String, String> properties = new HashMap<>();
    for (Tuple2<String, String> property : application.getAllWithPrefix(PREFIX)) {
      properties.put(property._1(), property._2());
    }
    return properties;
  }

  /** What spark-submit hands to a driver, without the prefix. */
  public static Map<String, String> submitted() {
    Map<String, String> properties = new HashMap<>();
    Properties system = System.getProperties();
    for (String key : system.stringPropertyNames()) {
      if (key.startsWith(PREFIX)) {
        properties.put(key.substring(PREFIX.length()), system.getProperty(key));
      }
    }
    return properties;
  }
}
