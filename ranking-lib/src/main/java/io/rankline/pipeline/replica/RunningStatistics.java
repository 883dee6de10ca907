package io.rankline.pipeline.replica;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;

/** Which parameters of a network no updater moves: they follow the data. */
final class RunningStatistics {

  /** From the first parameter to the one after the last. */
  private record Span(int begin, int end) {
    INDArray of(INDArray flat) {
      return flat.get(NDArrayIndex.interval(begin, end));
    }
  }

  private final List<Span> spans = new ArrayList<>();

  RunningStatistics(ComputationGraph graph) {
    for (UpdaterBlock block : graph.getUpdater(true).getUpdaterBlocks()) {
      if (block.getGradientUpdater().getConfig() instanceof NoOp) {
        spans.add(new Span(block.getParamOffsetStart(), block.getParamOffsetEnd()));
      }
    }
  }

  /** How many parameters they are. */
  int count() {
    return spans.stream().mapToInt(span -> span.end() - span.begin()).sum();
  }

  /** Copies them from one array of all parameters to another. */
  void copy(INDArray from, INDArray to) {
    spans.forEach(span -> span.of(to).assign(span.of(from)));
  }

  /** Sets them to 0 in an array of all parameters. */
  void clear(INDArray flat) {
    spans.forEach(span -> span.of(flat).assign(0));
  }
}
