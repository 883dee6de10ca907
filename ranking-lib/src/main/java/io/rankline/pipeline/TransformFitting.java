package io.rankline.pipeline;

import io.rankline.model.AbstractModelBuilder;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.input.RankingDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives transforms like z_score their numbers, from a pass over the training data. */
final class TransformFitting {

  private static final Logger LOG = LoggerFactory.getLogger(TransformFitting.class);

  private TransformFitting() {}

  /** The builder itself where nothing has to be fitted. */
  static AbstractModelBuilder fit(AbstractModelBuilder builder, AbstractDatasetBuilder data)
      throws IOException {
    if (builder.isFitted()) {
      return builder;
    }
    LOG.info("reading the training data once to fit transforms");
    RankingDataset pass = data.buildTrainPass();
    try {
      return builder.fit(() -> new PassLists(pass));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
