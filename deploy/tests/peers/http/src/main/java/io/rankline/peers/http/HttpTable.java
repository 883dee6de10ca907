package io.rankline.peers.http;

import io.rankline.server.load.LoadPlan;
import io.rankline.server.load.LoadReport;
import io.rankline.server.load.LoadTest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Rankline and ONNX Runtime behind one server, each in a JVM of its own, in turns: lists a second
 * of four connections, and the time of a request on one. Prints a row a round, and the ratios.
 */
public final class HttpTable {

  private static final List<String> SCORERS = List.of("onnx", "rankline");

  private HttpTable() {}

  /** Runs it: the number of rounds, and the seconds of each measurement. */
  public static void main(String[] args) throws IOException, InterruptedException {
    int rounds = Integer.parseInt(args[0]);
    Duration time = Duration.ofSeconds(Long.parseLong(args[1]));
    Path folder = Files.createTempDirectory("http-table-");
    if (process(ServedModel.class, folder.toString()).waitFor() != 0) {
      throw new IllegalStateException("the models cannot be exported");
    }
    byte[] request = ServedModel.request();
    double[] rates = new double[rounds];
    double[] times = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      List<LoadReport> many = new ArrayList<>();
      List<LoadReport> one = new ArrayList<>();
      for (String scorer : SCORERS) {
        Process server = process(ServerProcess.class, scorer, folder.toString());
        try (BufferedReader out =
            new BufferedReader(
                new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
          String port = out.readLine();
          one.add(load(port, request, 1, time));
          many.add(load(port, request, 4, time));
        } finally {
          server.destroy();
          server.waitFor();
        }
        print(
            "round %s, %s: one connection p50 %.2f ms, four %.1f lists/s",
            round + 1,
            scorer,
            one.get(one.size() - 1).millis(0.5),
            many.get(many.size() - 1).rate());
      }
      times[round] = one.get(1).millis(0.5) / one.get(0).millis(0.5);
      rates[round] = many.get(1).rate() / many.get(0).rate();
    }
    print(
        "rankline : onnx, p50 of one connection %s, lists/s of four %s",
        spread(times), spread(rates));
    System.exit(0);
  }

  private static LoadReport load(String port, byte[] request, int connections, Duration time)
      throws InterruptedException {
    LoadReport report =
        LoadTest.run(
            new LoadPlan(
                URI.create("http://127.0.0.1:%s/v1/models/web:predict".formatted(port)),
                List.of(request),
                Map.of(),
                connections,
                0,
                time.dividedBy(2),
                time,
                Duration.ofSeconds(30)));
    if (!report.isClean()) {
      throw new IllegalStateException(report.toString());
    }
    return report;
  }

  private static Process process(Class<?> main, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseParallelGC", "-Xmx1g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Median and range. */
  private static String spread(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.2f (%.2f to %.2f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private static void print(String text, Object... values) {
    System.out.println(String.format(Locale.ROOT, text, values));
  }
}
