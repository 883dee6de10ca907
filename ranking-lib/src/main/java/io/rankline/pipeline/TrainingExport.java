package io.rankline.pipeline;

import io.rankline.data.RankingList;
import io.rankline.feature.profile.InputProfile;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.input.RankingDataset;
import io.rankline.serving.ModelExport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What goes with the models of a training when they are exported.
 *
 * @param data that it trains on
 * @param configuration the resolved configuration, as text
 * @param profile what the training data looks like; null where that is not known
 */
record TrainingExport(
    AbstractDatasetBuilder data, String configuration, @Nullable InputProfile profile) {

  /** Lists that a profile is made of, the first ones of the training data. */
  private static final int PROFILED = 1000;

  /**
   * The profile of the training data; null for a builder of data that offers no pass over it.
   *
   * @throws IOException if the data cannot be read
   */
  static @Nullable InputProfile profile(AbstractDatasetBuilder data) throws IOException {
    RankingDataset pass;
    try {
      pass = data.buildTrainPass();
    } catch (UnsupportedOperationException e) {
      return null;
    }
    InputProfile.Builder profile = new InputProfile.Builder(data.servingSpec().layout());
    try (PassLists lists = new PassLists(pass)) {
      for (int q = 0; q < PROFILED && lists.hasNext(); q++) {
        RankingList list = lists.next();
        profile.add(list);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return profile.build();
  }

  /**
   * A model as it is exported.
   *
   * @param logs what was measured of it, by name
   */
  ModelExport of(RankingModel model, Map<String, Double> logs) {
    ModelExport.Builder export =
        ModelExport.builder(model, data.recordSpec()).configuration(configuration);
    data.dataSettings().ifPresent(export::data);
    if (profile != null) {
      export.profile(profile);
    }
    try {
      data.base().ifPresent(export::base);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    logs.forEach(
        (name, value) -> {
          if (Double.isFinite(value)) {
            export.metric(name, value);
          }
        });
    return export.build();
  }
}
