package io.rankline.pipeline;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.dataset.BatchLists;
import io.rankline.pipeline.dataset.BatchStream;
import io.rankline.pipeline.dataset.RankingDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives transforms like z_score their numbers, from a pass over the training data. */
final class ModelFitting {

  private static final Logger LOG = LoggerFactory.getLogger(ModelFitting.class);

  private ModelFitting() {}

  /** The builder itself where nothing has to be fitted. */
  static AbstractModelBuilder fit(AbstractModelBuilder builder, AbstractDatasetBuilder data)
      throws IOException {
    if (builder.isFitted()) {
      return builder;
    }
    LOG.info("reading the training data once to fit transforms");
    RankingDataset pass = data.buildTrainPass();
    try {
      return builder.fit(() -> new Lists(pass));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The lists of a finite data set, one pass for each iterator. */
  private static final class Lists implements Iterator<RankingList> {
    private final BatchStream stream;
    private final Deque<RankingList> ready = new ArrayDeque<>();

    Lists(RankingDataset data) {
      try {
        stream = data.open(UnaryOperator.identity(), 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready.isEmpty()) {
          ListBatch batch = stream.next();
          if (batch == null) {
            stream.close();
            return false;
          }
          ready.addAll(BatchLists.of(batch));
        }
        return true;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public RankingList next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the data has no more lists");
      }
      return ready.removeFirst();
    }
  }
}
