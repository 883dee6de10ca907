package io.rankline.spark.training.watch;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import java.util.function.DoubleSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.metrics.MetricsSystem;
import org.apache.spark.metrics.source.Source;
import scala.collection.JavaConverters;

/** Numbers under one name, which Spark's sinks read at their own times. */
final class DriverSource implements Source {

  private final String name;
  private final MetricRegistry registry = new MetricRegistry();

  DriverSource(String name) {
    this.name = name;
  }

  DriverSource with(String metric, DoubleSupplier value) {
    registry.register(metric, (Gauge<Double>) value::getAsDouble);
    return this;
  }

  /** Takes the place of the source with its name. Nothing happens where Spark does not run. */
  void register() {
    SparkEnv environment = SparkEnv.get();
    if (environment == null) {
      return;
    }
    remove(name);
    environment.metricsSystem().registerSource(this);
  }

  /** Removes a source of that name, if there is one. */
  static void remove(String name) {
    SparkEnv environment = SparkEnv.get();
    if (environment != null) {
      MetricsSystem system = environment.metricsSystem();
      JavaConverters.seqAsJavaList(system.getSourcesByName(name)).forEach(system::removeSource);
    }
  }

  @Override
  public String sourceName() {
    return name;
  }

  @Override
  public MetricRegistry metricRegistry() {
    return registry;
  }
}
