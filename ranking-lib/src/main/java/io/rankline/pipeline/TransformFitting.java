package io.rankline.pipeline;

import io.rankline.data.RankingList;
import io.rankline.model.AbstractModelBuilder;
import io.rankline.pipeline.dataset.AbstractDatasetBuilder;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import io.rankline.pipeline.input.RankingDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.UnaryOperator;
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
      return builder.fit(() -> new Lists(pass));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** The lists of a finite data set, one pass for each iterator. */
  private static final class Lists implements Iterator<RankingList> {
    private final BatchStream<List<RankingList>> stream;
    private final Deque<RankingList> ready = new ArrayDeque<>();

    Lists(RankingDataset data) {
      try {
        stream = data.open(UnaryOperator.identity(), BatchForm.LISTS, 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public boolean hasNext() {
      try {
        while (ready.isEmpty()) {
          List<RankingList> batch = stream.next();
          if (batch == null) {
            stream.close();
            return false;
          }
          ready.addAll(batch);
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
