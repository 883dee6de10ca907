package io.rankline.spark.evaluation;

import com.typesafe.config.ConfigValue;
import io.rankline.data.ListSize;
import io.rankline.io.DatasetReader;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.libsvm.LibSvmLayout;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.DataSettings;
import io.rankline.serving.SavedRankingModel;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.io.Serializable;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the files are read that a model is validated and evaluated on.
 *
 * @param records format of the records of TFRecord files; null for LibSVM files
 * @param acrossFiles what becomes of queries that stand in several LibSVM files
 * @param layout how LibSVM files number features and name queries
 * @param listSize items of a list that count
 * @param binaryLabels whether every label above 0 is read as 1
 * @param query feature of the context that results name queries by; null for their places
 */
public record TrainingData(
    @Nullable RecordFormat records,
    QueriesAcrossFiles acrossFiles,
    LibSvmLayout layout,
    ListSize listSize,
    boolean binaryLabels,
    @Nullable String query)
    implements Serializable {

  private static final Logger LOG = LoggerFactory.getLogger(TrainingData.class);
  private static final String LIBSVM = "libsvm";

  /**
   * As the training validated the model, which its export says. Exports of before say it in their
   * configuration alone; where that cannot be read, it is ELWC, all items and labels as they are,
   * and a warning says why.
   */
  public static TrainingData of(SavedRankingModel model) {
    DataSettings settings =
        model.data().orElseGet(() -> ofConfiguration(model.configuration(), LOG::warn));
    return new TrainingData(
        settings.datasetReader() == DatasetReader.LIBSVM ? null : settings.format(),
        settings.queriesAcrossFiles(),
        new LibSvmLayout(settings.zeroBased(), null),
        settings.effectiveValidListSize(),
        settings.convertLabelsToBinary(),
        null);
  }

  /**
   * What the section {@code data} of a configuration says.
   *
   * @param faults called with the reason if it cannot be read
   */
  static DataSettings ofConfiguration(String text, Consumer<String> faults) {
    RecordCodec<DataSettings> codec = RecordCodec.of(DataSettings.class);
    try {
      Section root = Section.parse(text, "configuration of the export");
      ConfigValue value = root.value("data");
      Section data = value == null ? null : root.below("data", value);
      DataSettings settings = data == null ? codec.defaults() : codec.read(data);
      root.finish();
      return Objects.requireNonNull(settings);
    } catch (IllegalArgumentException e) {
      faults.accept("the export does not tell how its data was read: " + e.getMessage());
      return codec.defaults();
    }
  }

  /** The same in other files, by the name on the command line. */
  public TrainingData withFormat(String name) {
    return new TrainingData(
        name.equals(LIBSVM) ? null : RecordFormat.ofName(name),
        acrossFiles,
        layout,
        listSize,
        binaryLabels,
        query);
  }

  /** The same with items of a query in several LibSVM files joined, or not. */
  public TrainingData withQueriesAcrossFiles(QueriesAcrossFiles rule) {
    return new TrainingData(records, rule, layout, listSize, binaryLabels, query);
  }

  /** The same with LibSVM files of another layout. */
  public TrainingData withLayout(LibSvmLayout other) {
    return new TrainingData(records, acrossFiles, other, listSize, binaryLabels, query);
  }

  /** The same with another number of items. */
  public TrainingData withListSize(ListSize items) {
    return new TrainingData(records, acrossFiles, layout, items, binaryLabels, query);
  }

  /** The same with labels in two grades, or as they are. */
  public TrainingData withBinaryLabels(boolean binary) {
    return new TrainingData(records, acrossFiles, layout, listSize, binary, query);
  }

  /** The same with queries named by a feature of the context, where it holds one value. */
  public TrainingData withQueries(String feature) {
    return new TrainingData(records, acrossFiles, layout, listSize, binaryLabels, feature);
  }

  /** The name of the format on the command line. */
  public String format() {
    return records == null ? LIBSVM : records.shortName();
  }
}
