package io.rankline.server.cli;

import io.rankline.server.load.LoadPlan;
import io.rankline.server.load.LoadReport;
import io.rankline.server.load.LoadTest;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code rankline load-test}: how fast any server answers a request, whoever made it.
 *
 * <p>Exit status: 0 if every request had status 200, 1 otherwise, 2 wrong usage.
 */
@Command(
    name = "rankline load-test",
    description = "Posts bodies to a server again and again, and tells how fast it answers.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"0:every request had status 200", "1:some had not", "2:wrong usage"})
public final class LoadTestApp implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--url",
      required = true,
      paramLabel = "URL",
      description = "Where to, as http://localhost:8501/v1/models/NAME:rank.")
  private URI url = URI.create("");

  @Option(
      names = "--body",
      required = true,
      paramLabel = "FILE",
      description = "Body of a request; several are sent in turns.")
  private List<Path> bodies = List.of();

  @Option(
      names = "--header",
      paramLabel = "NAME: VALUE",
      description = "Of every request, as 'X-API-Key: KEY'.")
  private List<String> headers = List.of();

  @Option(
      names = "--connections",
      paramLabel = "NUMBER",
      description = "Requests under way at once (default: ${DEFAULT-VALUE}).")
  private int connections = 4;

  @Option(
      names = "--rate",
      paramLabel = "REQUESTS",
      description =
          "Requests a second, whether they are answered or not; 0 (default) for each as soon as the"
              + " one before it is answered.")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      description = "Time that counts (default: ${DEFAULT-VALUE}).")
  private long seconds = 10;

  @Option(
      names = "--warm-up-seconds",
      paramLabel = "SECONDS",
      description = "Time before it (default: ${DEFAULT-VALUE}).")
  private long warmUp = 3;

  @Option(
      names = "--timeout-in-ms",
      paramLabel = "MS",
      description = "Of a request (default: ${DEFAULT-VALUE}).")
  private long timeout = 10_000;

  LoadTestApp() {}

  /** Runs it, and ends the JVM. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(new LoadTestApp().commandLine().execute(args));
  }

  /** The command line, ready to be executed. */
  CommandLine commandLine() {
    return CommandFaults.on(new CommandLine(this));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    List<byte[]> contents = new ArrayList<>();
    for (Path body : bodies) {
      contents.add(Files.readAllBytes(body));
    }
    LoadPlan plan;
    try {
      plan =
          new LoadPlan(
              url,
              contents,
              named(headers),
              connections,
              rate,
              Duration.ofSeconds(warmUp),
              Duration.ofSeconds(seconds),
              Duration.ofMillis(timeout));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    LoadReport report = LoadTest.run(plan);
    PrintWriter out = spec.commandLine().getOut();
    out.println(report);
    out.flush();
    return report.isClean() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private static Map<String, String> named(List<String> headers) {
    Map<String, String> named = new LinkedHashMap<>();
    for (String header : headers) {
      int colon = header.indexOf(':');
      if (colon < 1) {
        throw new IllegalArgumentException(
            "header must be 'NAME: VALUE', got '%s'".formatted(header));
      }
      named.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
    }
    return named;
  }
}
