package io.rankline.server.cli;

import io.rankline.io.Storage;
import io.rankline.server.batch.BatchScheduler;
import io.rankline.server.batch.BatchSettings;
import io.rankline.server.front.GrpcFront;
import io.rankline.server.http.ApiKeys;
import io.rankline.server.http.HttpLimits;
import io.rankline.server.http.HttpSettings;
import io.rankline.server.http.ModelServer;
import io.rankline.server.message.MessageApi;
import io.rankline.server.model.ModelStart;
import io.rankline.server.model.ServedModels;
import io.rankline.server.rest.RestLimits;
import io.rankline.server.warmup.WarmUp;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code rankline serve}: exported models over HTTP, as TensorFlow Serving answers. Option names
 * may have underscores, as TensorFlow Serving's have.
 *
 * <p>Exit status: 1 failed, 2 wrong usage; 143 where SIGTERM stopped it, as every JVM.
 */
@Command(
    name = "rankline serve",
    description = "Answers requests to exported models over HTTP, as TensorFlow Serving does.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    usageHelpAutoWidth = true,
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {"1:failed", "2:wrong usage", "143:stopped by SIGTERM, requests answered"})
public final class ServeApp implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @ArgGroup(validate = false, heading = "%nModels%n")
  private ModelOptions models = new ModelOptions();

  @ArgGroup(validate = false, heading = "%nHTTP%n")
  private HttpOptions http = new HttpOptions();

  @ArgGroup(validate = false, heading = "%nScoring%n")
  private BatchOptions batches = new BatchOptions();

  @ArgGroup(validate = false, heading = "%nLimits%n")
  private LimitOptions limits = new LimitOptions();

  ServeApp() {}

  /** Serves until a signal comes, and ends the JVM. */
  public static void main(String[] args) {
    Locale.setDefault(Locale.Category.FORMAT, Locale.ROOT);
    System.exit(new ServeApp().commandLine().execute(withDashes(args)));
  }

  /** The command line, ready to be executed. */
  CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(this);
    String version = ServeApp.class.getPackage().getImplementationVersion();
    commandLine
        .getCommandSpec()
        .version("rankline " + (version == null ? "(not packaged)" : version));
    return CommandFaults.on(commandLine);
  }

  /** Names of options with dashes, where they have TensorFlow Serving's underscores. */
  static String[] withDashes(String[] args) {
    return Arrays.stream(args)
        .map(
            arg -> {
              int end = arg.indexOf('=') < 0 ? arg.length() : arg.indexOf('=');
              return arg.startsWith("--")
                  ? arg.substring(0, end).replace('_', '-') + arg.substring(end)
                  : arg;
            })
        .toArray(String[]::new);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    ServedModels served;
    ModelServer server;
    HttpSettings settings;
    Optional<GrpcFront.Setup> grpc;
    Duration poll;
    Duration configPoll;
    try {
      Optional<BatchSettings> batching = batches.batching();
      HttpLimits httpLimits = limits.http(batching.isPresent());
      RestLimits rest = limits.rest(batching.isPresent());
      ModelStart start =
          new ServingStart(
              batching.map(BatchScheduler::new), new WarmUp(rest.mostItems(), batches.warmUp()));
      poll = models.poll();
      configPoll = models.configPoll();
      settings = http.settings(out);
      served = new ServedModels(Storage.ofClassPath(), models.source(), start);
      server = new ModelServer(served, settings, httpLimits, rest);
      grpc = grpc(served, server, settings, httpLimits, rest);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    served.start(poll, configPoll); // beside the start of the server
    server.start();
    out.printf(
        "serving at %s://%s:%s%n",
        settings.tls().isPresent() ? "https" : "http", settings.host(), server.port());
    Optional<GrpcFront.Running> running = Optional.empty();
    if (grpc.isPresent()) {
      running = Optional.of(front().start(grpc.get()));
      out.printf("serving gRPC at %s:%s%n", settings.host(), running.get().port());
    }
    out.flush();
    Optional<GrpcFront.Running> front = running;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, front, served), "stop"));
    server.join();
    return CommandLine.ExitCode.OK;
  }

  private Optional<GrpcFront.Setup> grpc(
      ServedModels served,
      ModelServer server,
      HttpSettings settings,
      HttpLimits httpLimits,
      RestLimits rest) {
    Optional<GrpcFront.Setup> setup =
        http.grpcPort()
            .map(
                port ->
                    new GrpcFront.Setup(
                        settings.host(),
                        port,
                        settings.tls(),
                        new ApiKeys(settings.apiKeys()),
                        httpLimits,
                        new MessageApi(served, rest.mostItems()),
                        server.queue(),
                        server.metrics()));
    setup.ifPresent(wanted -> front());
    return setup;
  }

  private static GrpcFront front() {
    return GrpcFront.find()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "grpc-port needs the jar rankline-server-grpc on the class path, and what it"
                        + " brings; deploy/local/rankline has them there"));
  }

  private void end(ModelServer server, Optional<GrpcFront.Running> grpc, ServedModels served) {
    try {
      grpc.ifPresent(front -> front.stop(limits.stopTimeout()));
      server.stop();
    } catch (IOException e) {
      CommandFaults.report(spec.commandLine(), e, CommandLine.ExitCode.SOFTWARE);
    } finally {
      served.close();
    }
  }
}
