package io.rankline.pipeline;

import io.rankline.data.RankingList;
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

/** The lists of one pass over a data set. */
final class PassLists implements Iterator<RankingList>, AutoCloseable {
  private final BatchStream<List<RankingList>> stream;
  private final Deque<RankingList> ready = new ArrayDeque<>();

  PassLists(RankingDataset data) {
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
          close();
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

  /** Ends the pass before its end. */
  @Override
  public void close() {
    stream.close();
  }
}
