package io.rankline.spark.sweep;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.ConfigurationException;
import io.rankline.config.RunConfig;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Folder;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.History;
import io.rankline.spark.sweep.place.TrialPlace;
import io.rankline.spark.sweep.place.TrialTraining;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the trials of a sweep, some side by side. Each has its folder in that of the sweep; one that
 * is done is not run again, one that was interrupted continues, one that failed is tried again. A
 * failure stops no other trial; the end of this JVM stops all.
 */
public final class Sweep {

  /** In the place of a number of epochs: as many as the configuration says. */
  static final int ALL = 0;

  private final Path configuration;
  private final List<String> overrides;
  private final Folder folder;
  private final int parallel;
  private final TrialPlace place;
  private final Listener listener;
  private volatile boolean stopped;

  /** Receives the progress of a sweep; called by several threads. */
  public interface Listener {
    /** A trial begins. */
    void onStart(Trial trial);

    /** A trial has ended, or was found done. */
    void onEnd(TrialResult result);
  }

  /**
   * A sweep.
   *
   * @param configuration file of every run
   * @param overrides of every run
   * @param folder where runs go
   * @param parallel how many run side by side, 1 or more
   * @param place where they do
   */
  public Sweep(
      Path configuration,
      List<String> overrides,
      Folder folder,
      int parallel,
      TrialPlace place,
      Listener listener) {
    if (parallel < 1) {
      throw new IllegalArgumentException("runs side by side must be 1 or more, got " + parallel);
    }
    this.configuration = configuration;
    this.overrides = List.copyOf(overrides);
    this.folder = folder;
    this.parallel = parallel;
    this.place = place;
    this.listener = listener;
  }

  /** As {@link #run(List, int)}, to the end of each training. */
  public List<TrialResult> run(List<Trial> trials) throws IOException, InterruptedException {
    return run(trials, ALL);
  }

  /**
   * Runs what is not done yet.
   *
   * @param epochs that each trial has in the end, those of earlier calls among them; 0 for all
   * @return in the order of the trials; without the epochs that a trial has had beyond
   * @throws ConfigurationException before any run, if one has a faulty configuration
   * @throws IOException also if the folder holds runs of another configuration, or of other data
   */
  public List<TrialResult> run(List<Trial> trials, int epochs)
      throws IOException, InterruptedException {
    Map<Trial, String> digests = digests(trials);
    Thread atEnd = new Thread(this::stop, "end of a sweep");
    Runtime.getRuntime().addShutdownHook(atEnd);
    ExecutorService pool = Executors.newFixedThreadPool(parallel);
    try {
      List<Future<TrialResult>> ends = new ArrayList<>();
      for (Map.Entry<Trial, String> trial : digests.entrySet()) {
        ends.add(pool.submit(() -> run(trial.getKey(), trial.getValue(), epochs)));
      }
      List<TrialResult> results = new ArrayList<>();
      for (Future<TrialResult> end : ends) {
        results.add(end.get());
      }
      Runtime.getRuntime().removeShutdownHook(atEnd);
      return results;
    } catch (ExecutionException e) {
      stop();
      throw e.getCause() instanceof IOException cause ? cause : new IOException(e.getCause());
    } catch (InterruptedException e) {
      stop();
      throw e;
    } finally {
      pool.shutdownNow();
    }
  }

  /** Ends the runs that are trained: they have checkpoints to go on from. */
  private void stop() {
    stopped = true;
    place.stop();
  }

  /**
   * What each trial's folder has to be of. Reads every configuration, so that faults are reported.
   */
  private Map<Trial, String> digests(List<Trial> trials) throws IOException {
    Map<Trial, String> digests = new LinkedHashMap<>();
    for (Trial trial : trials) {
      RunConfig run = RunConfig.load(configuration, overrides(trial, ALL));
      String digest = TrialRecord.digest(run.text());
      Folder own = folder.folder(trial.folder());
      Optional<TrialRecord> record = TrialRecord.read(own);
      if (record.isPresent()) {
        record.get().requireOf(digest, own);
        run.pipeline().requireUnchanged();
      }
      digests.put(trial, digest);
    }
    return digests;
  }

  private List<String> overrides(Trial trial, int epochs) {
    List<String> all = new ArrayList<>(overrides);
    all.addAll(trial.overrides());
    if (epochs != ALL) {
      all.add("pipeline.num_epochs=" + epochs);
    }
    all.add("pipeline.model_dir=" + ConfigUtil.quoteString(folder.folder(trial.folder()).path()));
    return all;
  }

  private TrialResult run(Trial trial, String digest, int epochs)
      throws IOException, InterruptedException {
    Folder own = folder.folder(trial.folder());
    Optional<TrialRecord> record = TrialRecord.read(own);
    if (record.isPresent()
        && record.get().failure().isEmpty()
        && record.get().configuration().equals(digest)
        && (record.get().epochs() == ALL || (epochs != ALL && epochs <= record.get().epochs()))) {
      return ended(new TrialResult(trial, own.path(), history(own, epochs), "", true));
    }
    listener.onStart(trial);
    Path log = Files.createTempFile("rankline-trial", ".log");
    try {
      String failure =
          place.train(new TrialTraining(trial, configuration, overrides(trial, epochs), own), log);
      if (stopped) {
        // Whatever it was that it died of, it is no fault of the trial.
        throw new InterruptedException("the sweep was stopped");
      }
      own.create();
      own.write("train.log", out -> Files.copy(log, out));
      new TrialRecord(digest, epochs, failure).write(own, trial);
      return ended(new TrialResult(trial, own.path(), history(own, epochs), failure, false));
    } finally {
      Files.delete(log);
    }
  }

  private static List<EpochResult> history(Folder own, int epochs) throws IOException {
    List<EpochResult> all = History.read(own);
    return epochs == ALL ? all : all.stream().filter(epoch -> epoch.epoch() <= epochs).toList();
  }

  private TrialResult ended(TrialResult result) {
    listener.onEnd(result);
    return result;
  }
}
