package io.rankline.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;

/**
 * What the number of workers, a killed executor, and the place of rows change in the result of a
 * training: Rankline and XGBoost4J-Spark on the same queries, on four executor processes.
 *
 * <p>Arguments: file for the table, number of queries to train on, number of seeds. Each seed has a
 * log and models of its own. Standard output has whatever the peers print.
 *
 * <p>Exits with 1 if Rankline does not keep its promises: with one number of workers the same bits
 * wherever rows lie and whoever is killed, with another number the same but for rounding.
 */
public final class WorkersTable {

  private static final int EXECUTORS = 4;

  /** More than rounding makes of a training of this length. */
  private static final double NDCG_TOLERANCE = 0.02;

  private final List<Map<Trial, Outcome>> seeds = new ArrayList<>();

  private WorkersTable() {}

  /** Runs it. */
  public static void main(String[] args) {
    WorkersTable table = new WorkersTable();
    List<String> faults = new ArrayList<>();
    try {
      table.run(Path.of(args[0]), Long.parseLong(args[1]), Long.parseLong(args[2]));
      faults.addAll(table.faults());
    } catch (Exception e) {
      // Scala throws what it does not declare, as SparkException.
      e.printStackTrace();
      faults.add("there is no table");
    }
    faults.forEach(System.err::println);
    // Spark leaves threads of barrier stages behind, which keep a JVM alive.
    System.exit(faults.isEmpty() ? 0 : 1);
  }

  private void run(Path file, long queries, long count) throws IOException {
    try (ExecutorProcesses executors = ExecutorProcesses.start(EXECUTORS)) {
      for (long seed = 1; seed <= count; seed++) {
        Path folder = Files.createTempDirectory(file.getParent(), "log-");
        runSeed(executors, MadeUpLog.write(executors.spark(), folder, seed, queries), seed);
      }
    }
    Files.writeString(file, markdown());
  }

  private void runSeed(ExecutorProcesses executors, MadeUpLog log, long seed) {
    try (Trials trials = new Trials(executors, log, seed)) {
      for (Peer peer : List.of(new RanklinePeer(), new XgboostPeer())) {
        for (Trial trial : Trial.of(peer)) {
          Outcome outcome = trials.run(trial);
          System.err.println(format("seed %d: %s: %s", seed, trial, outcome));
        }
      }
      seeds.add(trials.outcomes());
    }
  }

  private String markdown() {
    StringBuilder text = new StringBuilder();
    text.append("| | rows | workers | executor | training loss | parameters | NDCG@10 ");
    text.append("| against one worker | seconds |\n|---|---|---|---|---|---|---|---|---|\n");
    for (Trial trial : seeds.get(0).keySet()) {
      text.append(row(trial)).append('\n');
    }
    return text.toString();
  }

  private String row(Trial trial) {
    List<Outcome> outcomes = seeds.stream().map(seed -> of(seed, trial)).toList();
    String loss =
        outcomes.get(0).loss().isPresent()
            ? format(
                "%.4f",
                mean(outcomes.stream().map(Outcome::loss).mapToDouble(OptionalDouble::orElseThrow)))
            : "–";
    String ndcg =
        outcomes.stream()
            .map(outcome -> Double.isNaN(outcome.ndcg()) ? "–" : format("%.4f", outcome.ndcg()))
            .collect(Collectors.joining(" "));
    double most =
        seeds.stream()
            .mapToDouble(seed -> difference(seed, trial))
            .filter(difference -> !Double.isNaN(difference))
            .max()
            .orElse(Double.NaN);
    double seconds =
        outcomes.stream()
            .filter(outcome -> !Double.isNaN(outcome.ndcg()))
            .mapToDouble(outcome -> outcome.took().toMillis() / 1e3)
            .average()
            .orElse(Double.NaN);
    return format(
        "| %s | %s | %d | %s | %s | %s | %s | %.4f | %.0f |",
        trial.peer().title(),
        trial.layout().title(),
        trial.workers(),
        kill(trial, outcomes),
        loss,
        outcomes.get(0).hash(),
        ndcg,
        most,
        seconds);
  }

  private static String kill(Trial trial, List<Outcome> outcomes) {
    int hung = outcomes.stream().mapToInt(Outcome::hung).sum();
    String times = hung == 0 ? "" : format(", %d times without an end", hung);
    return trial.kills() ? "killed" + times : "";
  }

  private static double difference(Map<Trial, Outcome> seed, Trial trial) {
    return Math.abs(of(seed, trial).ndcg() - of(seed, trial.simplest()).ndcg());
  }

  private List<String> faults() {
    List<String> faults = new ArrayList<>();
    for (Map<Trial, Outcome> seed : seeds) {
      for (Trial trial : seed.keySet()) {
        if (!(trial.peer() instanceof RanklinePeer)) {
          continue;
        }
        String expected =
            of(seed, new Trial(trial.peer(), Layout.GROUPED, trial.workers(), false)).hash();
        String hash = of(seed, trial).hash();
        if (!hash.equals(expected)) {
          faults.add(
              "%s has parameters %s, undisturbed on whole queries %s"
                  .formatted(trial, hash, expected));
        }
        double difference = difference(seed, trial);
        if (difference > NDCG_TOLERANCE) {
          faults.add("%s differs by %s in NDCG@10 from one worker".formatted(trial, difference));
        }
      }
    }
    return faults;
  }

  private static Outcome of(Map<Trial, Outcome> outcomes, Trial trial) {
    return Objects.requireNonNull(outcomes.get(trial));
  }

  private static double mean(DoubleStream values) {
    return values.average().orElseThrow();
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
