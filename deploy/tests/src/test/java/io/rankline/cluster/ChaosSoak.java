package io.rankline.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Trains on executors while every minute something else goes wrong, and says whether the model is
 * that of a training which nothing disturbed, byte by byte, and what was left behind.
 */
final class ChaosSoak implements AutoCloseable {

  private static final int WORKERS = 2;
  private static final int LOCAL_MEBIBYTES = 256;
  private static final int MODEL_MEBIBYTES = 256;
  private static final long BETWEEN_LOOKS = 200;
  private static final double NANOS = 1e9;

  /** The training that nothing disturbs. */
  private static final String WHOLE = "whole";

  private static final String NETWORK = "network.zip";

  /** Longer than any fault lasts, and than what the product waits for. */
  private static final double HANG_SECONDS = 900;

  private final SparkHome spark = SparkHome.make();
  private final Path folder = Files.createTempDirectory("chaos");
  private final SmallDisk local = SmallDisk.mount(folder.resolve("local"), LOCAL_MEBIBYTES);
  private final SmallDisk models = SmallDisk.mount(folder.resolve("models"), MODEL_MEBIBYTES);
  private final GcsServer server = GcsServer.start();
  private final StandaloneCluster cluster;
  private final int epochs;
  private final SplittableRandom random;
  private final Map<ChaosFault.Kind, Integer> counts = new EnumMap<>(ChaosFault.Kind.class);
  private long end = Long.MAX_VALUE;

  private ChaosSoak(int epochs, long seed) throws IOException {
    this.epochs = epochs;
    this.random = new SplittableRandom(seed);
    Files.createDirectories(folder.resolve("tmp"));
    this.cluster =
        StandaloneCluster.start(
            spark,
            folder.resolve("cluster"),
            WORKERS,
            Map.of("SPARK_LOCAL_DIRS", local.folder().toString()));
  }

  /** Takes minutes of faults, epochs of a training, and the seed of the faults. */
  public static void main(String[] args) throws Exception {
    long seed = Long.parseLong(args[2]);
    System.out.printf("%s minutes, trainings of %s epochs, seed %s%n", args[0], args[1], seed);
    boolean same;
    try (ChaosSoak soak = new ChaosSoak(Integer.parseInt(args[1]), seed)) {
      same = soak.run(Integer.parseInt(args[0]));
    }
    System.exit(same ? 0 : 1);
  }

  private boolean run(int minutes) throws IOException, InterruptedException {
    List<ChaosPlace> places = List.of(new ChaosPlace.Store(server), new ChaosPlace.Disk(models));
    train(places.get(0), WHOLE, false);
    Map<String, String> whole = places.get(0).digests(WHOLE);
    boolean same = true;
    end = System.nanoTime() + minutes * 60L * (long) NANOS;
    for (int k = 0; System.nanoTime() < end; k++) {
      ChaosPlace place = places.get(k % places.size());
      train(place, "disturbed-" + k, true);
      same &= compare(whole, place.digests("disturbed-" + k));
    }
    System.out.printf("faults: %s%n", counts);
    return same;
  }

  private void train(ChaosPlace place, String name, boolean disturbed)
      throws IOException, InterruptedException {
    System.out.printf("%s %s/%s%n", now(), place.address(), name);
    Map<String, String> settings = new TreeMap<>();
    settings.put("spark.cores.max", "" + WORKERS);
    // The application would fill the small disk.
    settings.put("spark.files.useFetchCache", "false");
    server.settings().forEach((key, value) -> settings.put("spark.hadoop." + key, value));
    String connector =
        Built.connectorJars("gs").stream().map(Path::toString).collect(Collectors.joining(":"));
    settings.put("spark.driver.extraClassPath", connector);
    settings.put("spark.executor.extraClassPath", connector);
    List<String> arguments =
        List.of(
            "train",
            Built.inRepository("conf/quickstart.conf").toString(),
            "--set=synthetic.dir=\"%s/data\"".formatted(place.address()),
            "--set=pipeline.model_dir=\"%s/%s\"".formatted(place.address(), name),
            "--set=pipeline.num_epochs=" + epochs,
            "--set=pipeline.checkpoint_steps=10",
            "--set=pipeline.strategy=MultiWorkerMirroredStrategy",
            "--set=pipeline.strategy_options={num_workers=%s,silence_timeout=15}"
                .formatted(WORKERS));
    long begin = System.nanoTime();
    JvmLook drivers = new JvmLook();
    JvmLook executors = new JvmLook();
    try (ChaosTraining training = new ChaosTraining(spark, cluster, folder, settings, arguments)) {
      long minute = begin;
      ChaosFault next = disturbed ? ChaosFault.of(random) : null;
      while (!training.isDone()) {
        Thread.sleep(BETWEEN_LOOKS);
        double passed = (System.nanoTime() - minute) / NANOS;
        if (passed > HANG_SECONDS) {
          throw new IllegalStateException("nothing happens any more; see " + training.drivers());
        }
        boolean over = System.nanoTime() > end;
        if (next != null && !over && passed > next.after()) {
          drivers.look(training.drivers());
          executors.look(cluster.executors());
          strike(next, place, training);
          next = ChaosFault.of(random);
          while (System.nanoTime() < minute + 60 * NANOS && !training.isDone()) {
            Thread.sleep(BETWEEN_LOOKS);
          }
          if (training.isDone()) {
            break;
          }
          minute = System.nanoTime();
        }
      }
      report(training, name, (System.nanoTime() - begin) / NANOS, drivers, executors);
    }
  }

  private void strike(ChaosFault fault, ChaosPlace place, ChaosTraining training)
      throws InterruptedException {
    List<ProcessHandle> executors = cluster.executors();
    boolean needsExecutor =
        fault.kind() == ChaosFault.Kind.EXECUTOR_KILLED
            || fault.kind() == ChaosFault.Kind.EXECUTOR_STOPPED;
    if (needsExecutor && executors.isEmpty()) {
      System.out.printf("  %s %s: there is none%n", now(), fault);
      return;
    }
    counts.merge(fault.kind(), 1, Integer::sum);
    System.out.printf("  %s %s%n", now(), fault);
    long until = System.nanoTime() + fault.seconds() * (long) NANOS;
    switch (fault.kind()) {
      case EXECUTOR_KILLED -> executors.get(fault.victim() % executors.size()).destroyForcibly();
      case DRIVER_KILLED -> training.killDriver();
      case EXECUTOR_STOPPED -> {
        ProcessHandle victim = executors.get(fault.victim() % executors.size());
        signal("STOP", victim);
        await(until, training);
        signal("CONT", victim);
      }
      case EXECUTOR_DISK_FULL -> {
        local.fill();
        await(until, training);
        local.makeRoom();
      }
      case STORE_AWAY -> {
        place.takeAway();
        await(until, training);
        place.giveBack();
      }
    }
  }

  /** A driver that ends meanwhile is started again, as a scheduler would. */
  private static void await(long until, ChaosTraining training) throws InterruptedException {
    while (System.nanoTime() < until && !training.isDone()) {
      Thread.sleep(BETWEEN_LOOKS);
    }
  }

  private static void signal(String name, ProcessHandle process) throws InterruptedException {
    try {
      new ProcessBuilder("kill", "-" + name, "" + process.pid()).start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void report(
      ChaosTraining training, String name, double seconds, JvmLook drivers, JvmLook executors)
      throws IOException, InterruptedException {
    System.out.printf(
        "  %s %s: %.0f s, %s starts, %s stages run again%n",
        now(), name, seconds, training.starts(), training.count("workers begin again"));
    System.out.printf("  driver: %s%n  executor: %s%n", drivers.longest(), executors.longest());
    long patience = System.nanoTime() + 30 * (long) NANOS;
    while (!cluster.executors().isEmpty() && System.nanoTime() < patience) {
      Thread.sleep(BETWEEN_LOOKS);
    }
    System.out.printf(
        "  left: executors %s, their disk %s, driver's disk %s, tmp %s%n",
        cluster.executors().size(),
        names(local.folder()),
        names(folder.resolve("driver")),
        names(folder.resolve("tmp")));
  }

  private static List<String> names(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return new ArrayList<>(
          new TreeSet<>(files.map(file -> file.getFileName().toString()).toList()));
    }
  }

  /** Whether parameters are the same to the byte; also says which files there are. */
  private static boolean compare(Map<String, String> whole, Map<String, String> disturbed) {
    List<String> parameters = whole.keySet().stream().filter(k -> k.endsWith(NETWORK)).toList();
    List<String> others =
        parameters.stream().filter(k -> !Objects.equals(whole.get(k), disturbed.get(k))).toList();
    List<String> missing = without(whole.keySet(), disturbed.keySet());
    List<String> more = without(disturbed.keySet(), whole.keySet());
    System.out.printf(
        "  %s of %s files of parameters are the same%s; files missing %s, left behind %s%n",
        parameters.size() - others.size(),
        parameters.size(),
        others.isEmpty() ? "" : ", OTHERS " + others,
        missing,
        more);
    return others.isEmpty() && missing.isEmpty() && more.isEmpty();
  }

  /** Event files have the second of their start in their names. */
  private static List<String> without(Collection<String> names, Collection<String> others) {
    return names.stream()
        .filter(name -> !others.contains(name) && !name.contains("/events.out.tfevents."))
        .toList();
  }

  private static LocalTime now() {
    return LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS);
  }

  @Override
  public void close() throws IOException {
    cluster.close();
    server.close();
    local.close();
    models.close();
  }
}
