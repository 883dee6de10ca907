package io.rankline.pipeline.checkpoint.benchmark;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.WriteQueue;
import io.rankline.model.NetworkFile;
import io.rankline.pipeline.checkpoint.CheckpointState;
import io.rankline.pipeline.checkpoint.Checkpoints;
import io.rankline.pipeline.checkpoint.ModelIdentity;
import io.rankline.pipeline.checkpoint.SmallGraphs;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A checkpoint of 25 million parameters with Adam's state, against writing a file of its bytes to
 * the same storage. The training waits for its first part alone; the rest goes on beside it.
 */
public final class CheckpointBenchmark {

  private static final int WIDTH = 5000;

  private CheckpointBenchmark() {}

  /** Takes a folder on any storage and a number of rounds. */
  public static void main(String[] args) throws IOException {
    ComputationGraph graph = network();
    byte[] bytes = NetworkFile.withUpdater(graph).bytes();
    long start = System.nanoTime();
    ModelSerializer.writeModel(graph, OutputStream.nullOutputStream(), true);
    System.out.printf(
        Locale.ROOT,
        "%,d parameters, %,d bytes; ModelSerializer takes %.2f s to nowhere%n"
            + "%-6s %12s %12s %12s %8s%n",
        graph.numParams(),
        bytes.length,
        seconds(start),
        "round",
        "waited (s)",
        "whole (s)",
        "copy (s)",
        "ratio");
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < Integer.parseInt(args[1]); round++) {
      ratios.add(round(Storage.ofClassPath().folder(args[0]), graph, bytes, round));
    }
    ratios.sort(null);
    System.out.printf(Locale.ROOT, "median ratio %.2f%n", ratios.get(ratios.size() / 2));
  }

  private static double round(Folder folder, ComputationGraph graph, byte[] bytes, int round)
      throws IOException {
    long start = System.nanoTime();
    folder.write("copy", out -> out.write(bytes));
    double copied = seconds(start);
    double waited;
    start = System.nanoTime();
    try (WriteQueue queue = new WriteQueue()) {
      new Checkpoints(
              folder.folder("checkpoints").through(queue), ModelIdentity.of(graph, Map.of()), 1)
          .save(graph, new CheckpointState(round, round + 1, 0, 0, 0.01, new TreeMap<>()));
      waited = seconds(start);
    }
    double whole = seconds(start);
    System.out.printf(
        Locale.ROOT,
        "%-6d %12.2f %12.2f %12.2f %8.2f%n",
        round + 1,
        waited,
        whole,
        copied,
        whole / copied);
    return whole / copied;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }

  private static ComputationGraph network() {
    ComputationGraph graph = SmallGraphs.dense(WIDTH, WIDTH);
    graph.fit(new MultiDataSet(Nd4j.rand(4, WIDTH), Nd4j.rand(4, 1)));
    return graph;
  }
}
