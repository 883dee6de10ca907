package io.rankline.spark.evaluation;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.rankline.data.ListSize;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.SavedRankingModel;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/**
 * How the files are read that a model is validated and evaluated on.
 *
 * @param records format of the records of TFRecord files; null for LibSVM files
 * @param listSize items of a list that count
 * @param binaryLabels whether every label above 0 is read as 1
 */
public record TrainingData(@Nullable RecordFormat records, ListSize listSize, boolean binaryLabels)
    implements Serializable {

  private static final String LIBSVM = "libsvm";

  /**
   * As the training validated the model, which its configuration tells; ELWC, all items and labels
   * as they are where it has none that can be read.
   */
  public static TrainingData of(SavedRankingModel model) {
    return ofConfiguration(model.configuration());
  }

  static TrainingData ofConfiguration(String text) {
    try {
      Config data = ConfigFactory.parseString("data {}\n" + text).getConfig("data");
      TrainingData read =
          new TrainingData(
              RecordFormat.ELWC,
              new ListSize(
                  Math.max(0, whole(data, "valid_list_size", whole(data, "list_size", 0)))),
              data.hasPath("convert_labels_to_binary")
                  && data.getBoolean("convert_labels_to_binary"));
      if (data.hasPath("dataset_reader") && data.getString("dataset_reader").equals(LIBSVM)) {
        return read.withFormat(LIBSVM);
      }
      return data.hasPath("format") ? read.withFormat(data.getString("format")) : read;
    } catch (ConfigException | IllegalArgumentException e) {
      // Text of a pipeline of somebody's own.
      return new TrainingData(RecordFormat.ELWC, ListSize.ALL, false);
    }
  }

  private static int whole(Config data, String key, int missing) {
    return data.hasPath(key) ? data.getInt(key) : missing;
  }

  /** The same in other files, by the name on the command line. */
  public TrainingData withFormat(String name) {
    return new TrainingData(
        name.equals(LIBSVM) ? null : RecordFormat.ofName(name), listSize, binaryLabels);
  }

  /** The same with another number of items. */
  public TrainingData withListSize(ListSize items) {
    return new TrainingData(records, items, binaryLabels);
  }

  /** The same with labels in two grades, or as they are. */
  public TrainingData withBinaryLabels(boolean binary) {
    return new TrainingData(records, listSize, binary);
  }

  /** The name of the format on the command line. */
  public String format() {
    return records == null ? LIBSVM : records.shortName();
  }
}
