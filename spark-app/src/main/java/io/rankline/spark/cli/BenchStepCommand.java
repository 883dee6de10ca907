package io.rankline.spark.cli;

import io.rankline.model.benchmark.Spread;
import io.rankline.model.benchmark.StepBenchmark;
import io.rankline.model.benchmark.StepReport;
import io.rankline.model.benchmark.StepSpec;
import io.rankline.model.kernel.Precision;
import io.rankline.spark.terminal.UsageException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code bench-step}: how long a training step takes on this machine. Starts no Spark. */
@Command(
    name = "bench-step",
    description = {
      "Times training steps of a feed-forward ranker on random data: forward, backward and"
          + " Adam, with batch norm, dropout and softmax loss.",
      "In between it times the matrix products of a step by themselves. The last line has the ratio"
          + " of the two, which depends on the machine much less than the times do."
    })
final class BenchStepCommand implements Callable<Integer> {

  private static final double MEGABYTE = 1e6;

  @Spec private CommandSpec spec;

  @Option(
      names = "--lists",
      paramLabel = "N",
      defaultValue = "128",
      description = "Lists in a batch (default: ${DEFAULT-VALUE}).")
  private int lists;

  @Option(
      names = "--list-size",
      paramLabel = "N",
      defaultValue = "200",
      description = "Items that lists are padded to (default: ${DEFAULT-VALUE}).")
  private int listSize;

  @Option(
      names = "--valid-per-list",
      paramLabel = "N",
      defaultValue = "200",
      description =
          "Mean number of items that are no padding; sizes are spread around it (default:"
              + " ${DEFAULT-VALUE}).")
  private int validPerList;

  @Option(
      names = "--features",
      paramLabel = "N",
      defaultValue = "136",
      description = "Features of an item (default: ${DEFAULT-VALUE}).")
  private int features;

  @Option(
      names = "--hidden-layer-dims",
      paramLabel = "N,…",
      split = ",",
      defaultValue = "1024,512,256",
      description = "Widths of the hidden layers (default: ${DEFAULT-VALUE}).")
  private List<Integer> hiddenLayerDims = List.of();

  @Option(
      names = "--dropout",
      paramLabel = "RATE",
      defaultValue = "0.4",
      description = "Share of hidden units that a step drops (default: ${DEFAULT-VALUE}).")
  private double dropout;

  @Option(
      names = "--precision",
      paramLabel = "NAME",
      defaultValue = "float32",
      description =
          "What products are computed in: float32, or mixed_bfloat16 where the processor has it"
              + " (default: ${DEFAULT-VALUE}).")
  private String precision = Precision.FLOAT32.wireName();

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "30",
      description = "Steps to time, after some for warming up (default: ${DEFAULT-VALUE}).")
  private int steps;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads that compute (default: the processors of this machine).")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Override
  public Integer call() {
    StepReport report = new StepBenchmark(stepSpec()).run();
    PrintWriter out = spec.commandLine().getOut();
    line(out, "openblas: %s kernels (%s)", report.blasKernel(), report.blasBuild());
    line(
        out,
        "batch: %d lists of up to %d, %d items, %d features; hidden layers %s; %d threads",
        lists,
        listSize,
        report.rows(),
        features,
        hiddenLayerDims,
        threads);
    line(out, "products of a step in %s; of the products alone in float32", report.precision());
    line(out, "seconds a step: %s", spread(report.step()));
    line(out, "lists a second: %.0f", report.listsPerSecond());
    line(
        out,
        "seconds of its matrix products alone: %s, %.0f GFLOP/s",
        spread(report.gemm()),
        report.gemmGigaflops());
    line(out, "share of the step in them at that speed: %.0f %%", 100 * report.gemmShare());
    line(
        out,
        "peak off-heap memory: %.0f MB, growth over the steps: %.0f MB",
        report.peakOffHeap() / MEGABYTE,
        report.offHeapGrowth() / MEGABYTE);
    line(out, "ratio of rounds: %.2f to %.2f", report.ratio().least(), report.ratio().most());
    line(out, "ratio to GEMM: %.2f", report.ratio().median());
    out.flush();
    return 0;
  }

  private StepSpec stepSpec() {
    int[] dims = hiddenLayerDims.stream().mapToInt(Integer::intValue).toArray();
    return UsageException.reading(
        () ->
            new StepSpec(
                lists,
                listSize,
                validPerList,
                features,
                dims,
                dropout,
                Precision.ofWireName(precision),
                steps,
                threads));
  }

  private static String spread(Spread spread) {
    return text("%.3f (%.3f to %.3f)", spread.median(), spread.least(), spread.most());
  }

  private static void line(PrintWriter out, String format, Object... values) {
    out.println(text(format, values));
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
