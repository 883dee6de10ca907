package io.rankline.spark.scoring;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import io.rankline.io.record.RecordFormat;
import io.rankline.serving.DataSettings;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.convert.DataFormat;

/**
 * What the training of a model says of data that looks like its own.
 *
 * @param records format of TFRecord files
 * @param queryColumn column that tells queries apart
 * @param zeroBased whether the feature ids of LibSVM lines begin at 0
 */
public record ScoringDefaults(DataFormat records, String queryColumn, boolean zeroBased) {

  private static final String GROUP_COLUMN = "data.group_column";
  private static final String QID = "qid";

  /** Those of a model. */
  public static ScoringDefaults of(SavedRankingModel model) {
    RecordFormat format = model.data().map(settings -> settings.format()).orElse(RecordFormat.ELWC);
    return new ScoringDefaults(
        switch (format) {
          case ELWC -> DataFormat.ELWC;
          case EIE -> DataFormat.EIE;
          case SEQ -> DataFormat.SEQ;
          case TF_EXAMPLE -> DataFormat.TFEXAMPLE;
        },
        groupColumn(model.configuration()),
        model.data().map(DataSettings::zeroBased).orElse(false));
  }

  private static String groupColumn(String configuration) {
    try {
      Config trained = ConfigFactory.parseString(configuration);
      return trained.hasPath(GROUP_COLUMN) ? trained.getString(GROUP_COLUMN) : QID;
    } catch (ConfigException e) {
      return QID; // an export of another program
    }
  }
}
