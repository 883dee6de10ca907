package io.rankline.spark.cli;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.rankline.io.RecordFormat;
import io.rankline.serving.SavedRankingModel;
import org.jspecify.annotations.Nullable;

/**
 * What the files are that a model is trained and evaluated on.
 *
 * @param records format of the records of TFRecord files; null for LibSVM files
 */
record TrainingData(@Nullable RecordFormat records) {

  private static final String LIBSVM = "libsvm";

  /** By the name on the command line. */
  static TrainingData ofName(String name) {
    return new TrainingData(name.equals(LIBSVM) ? null : RecordFormat.ofName(name));
  }

  /** As the model's configuration says; ELWC where it has none that can be read. */
  static TrainingData of(SavedRankingModel model) {
    try {
      Config configuration = ConfigFactory.parseString(model.configuration());
      if (configuration.hasPath("data.dataset_reader")
          && configuration.getString("data.dataset_reader").equals(LIBSVM)) {
        return ofName(LIBSVM);
      }
      return configuration.hasPath("data.format")
          ? ofName(configuration.getString("data.format"))
          : new TrainingData(RecordFormat.ELWC);
    } catch (ConfigException | IllegalArgumentException e) {
      // Text of a pipeline of somebody's own.
      return new TrainingData(RecordFormat.ELWC);
    }
  }
}
