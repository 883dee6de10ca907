package io.rankline.peers.serving;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Scores the same lists with the same tower by ONNX Runtime and by Rankline, each in a JVM of its
 * own, in turns, and prints a table of ratios to ONNX Runtime.
 */
public final class ServingTable {

  /** Lengths of the lists. */
  static final int[] ITEMS = {1, 20, 200};

  /** Scores that differ by more than this are not those of one tower. */
  private static final float TOLERANCE = 1e-4f;

  private static final String BASE = "ONNX Runtime";

  private static final Map<String, List<String>> SCORERS =
      new LinkedHashMap<>(Map.of(BASE, List.of("onnx")));

  static {
    SCORERS.put("Rankline, compiled kernels", List.of("rankline"));
    SCORERS.put("Rankline, plain Java", List.of("-Drankline.compiled=false", "rankline"));
    SCORERS.put("DL4J's graph", List.of("network"));
  }

  private ServingTable() {}

  /** Runs it: the number of rounds. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("serving-");
    ServedTower.write(folder);
    Map<String, List<double[]>> figures = new LinkedHashMap<>();
    for (int round = 0; round < Integer.parseInt(args[0]); round++) {
      for (Map.Entry<String, List<String>> scorer : SCORERS.entrySet()) {
        double[] found = run(scorer.getValue(), folder);
        figures.computeIfAbsent(scorer.getKey(), name -> new ArrayList<>()).add(found);
        requireScores(scorer.getKey(), found, Objects.requireNonNull(figures.get(BASE)).get(0));
      }
    }
    System.out.println(table(figures));
    System.exit(0);
  }

  private static double[] run(List<String> arguments, Path folder)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx2g", "-cp", System.getProperty("java.class.path")));
    int last = arguments.size() - 1;
    command.addAll(arguments.subList(0, last));
    command.addAll(List.of(ScoringProcess.class.getName(), arguments.get(last), folder.toString()));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (process.waitFor() != 0) {
      throw new IllegalStateException("%s failed: %s".formatted(arguments, output));
    }
    String line = output.substring(output.lastIndexOf('\n') + 1);
    return Arrays.stream(line.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static void requireScores(String name, double[] found, double[] expected) {
    for (int i = ITEMS.length + 2; i < expected.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= TOLERANCE)) {
        throw new IllegalStateException(
            "%s scores item %s %s, ONNX Runtime %s"
                .formatted(name, i - ITEMS.length - 2, found[i], expected[i]));
      }
    }
  }

  private static String table(Map<String, List<double[]>> figures) {
    List<double[]> base = Objects.requireNonNull(figures.get(BASE));
    StringBuilder text = new StringBuilder("| |");
    for (int items : ITEMS) {
      text.append(format(" %s item%s, processor µs | x ONNX |", items, items == 1 ? "" : "s"));
    }
    text.append(" lists of 200 a second, 1 thread | 2 threads | x 1 thread |\n|---|");
    text.append("---|".repeat(2 * ITEMS.length + 3)).append('\n');
    figures.forEach(
        (name, rounds) -> {
          text.append("| ").append(name).append(" |");
          for (int k = 0; k < ITEMS.length; k++) {
            text.append(format(" %.0f | %s |", median(rounds, k), ratio(rounds, k, base, k)));
          }
          int one = ITEMS.length;
          text.append(format(" %.0f | %.0f |", median(rounds, one), median(rounds, one + 1)));
          text.append(format(" %s |%n", ratio(rounds, one + 1, rounds, one)));
        });
    return text.toString();
  }

  private static double median(List<double[]> rounds, int column) {
    double[] sorted = rounds.stream().mapToDouble(round -> round[column]).sorted().toArray();
    return sorted[sorted.length / 2];
  }

  /** Median and range of the ratios of rounds. */
  private static String ratio(
      List<double[]> rounds, int column, List<double[]> base, int baseColumn) {
    double[] ratios = new double[rounds.size()];
    for (int r = 0; r < ratios.length; r++) {
      ratios[r] = rounds.get(r)[column] / base.get(r)[baseColumn];
    }
    Arrays.sort(ratios);
    return format(
        "%.2f (%.2f to %.2f)", ratios[ratios.length / 2], ratios[0], ratios[ratios.length - 1]);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
