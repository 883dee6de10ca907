package io.rankline.spark.sweep;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.ConfigurationException;
import io.rankline.config.RunConfig;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Folder;
import io.rankline.metric.RankingMetric;
import io.rankline.pipeline.ModelFitPipeline;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.History;
import io.rankline.spark.terminal.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Trials in this JVM, each in a folder of its own. Those that are done are not trained again; a
 * failure stops no other trial. One whose configuration asks for an ensemble trains that.
 *
 * @param sideBySide how many at a time, 1 or more
 * @param listener receives their progress
 * @param progress of trials that are trained one after the other
 */
public record TrialThreads(int sideBySide, Sweep.Listener listener, Callback progress) {

  private static final Sweep.Listener SILENT =
      new Sweep.Listener() {
        @Override
        public void onStart(Trial trial) {}

        @Override
        public void onEnd(TrialResult result) {}
      };

  /** What the report of an ensemble shows. */
  private static final List<RankingMetric> METRICS =
      RankingMetric.parseAll("ndcg@1,ndcg@5,ndcg@10");

  /**
   * A trial.
   *
   * @param configuration file of the run
   * @param overrides of all trials
   * @param trial what differs
   * @param folder where it goes
   */
  public record Job(Path configuration, List<String> overrides, Trial trial, Folder folder) {

    public Job {
      overrides = List.copyOf(overrides);
    }

    private List<String> all() {
      List<String> all = new ArrayList<>(overrides);
      all.addAll(trial.overrides());
      all.add("pipeline.model_dir=" + ConfigUtil.quoteString(folder.path()));
      return all;
    }

    /**
     * Refuses a folder with a trial of another configuration.
     *
     * @throws ConfigurationException if this configuration is faulty
     * @throws IOException with the way out, if there is one
     */
    public void requireOwnFolder() throws IOException {
      String digest = TrialRecord.digest(RunConfig.load(configuration, all()).text());
      Optional<TrialRecord> record = TrialRecord.read(folder);
      if (record.isPresent()) {
        record.get().requireOf(digest, folder);
      }
    }
  }

  /**
   * Trains what is not done yet.
   *
   * @return in the order of the jobs
   * @throws ConfigurationException before any training, if one has a faulty configuration
   * @throws IOException also if a folder holds a training on other data
   */
  public List<TrialResult> run(List<Job> jobs) throws IOException, InterruptedException {
    List<Callable<TrialResult>> trainings = new ArrayList<>();
    for (Job job : jobs) {
      RunConfig run = RunConfig.load(job.configuration(), job.all());
      if (run.ensemble().isEmpty()) {
        run.pipeline().requireUnchanged();
      }
      trainings.add(() -> train(job));
    }
    return new MemberThreads(sideBySide).run(trainings);
  }

  private TrialResult train(Job job) throws IOException, InterruptedException {
    RunConfig run = RunConfig.load(job.configuration(), job.all());
    String digest = TrialRecord.digest(run.text());
    Optional<TrialRecord> record = TrialRecord.read(job.folder());
    boolean known =
        record.isPresent() && record.get().equals(new TrialRecord(digest, Sweep.ALL, ""));
    String failure = "";
    if (!known) {
      listener.onStart(job.trial());
      try {
        train(job, run);
      } catch (IOException | RuntimeException e) {
        failure = FailureText.of(e);
      }
      new TrialRecord(digest, Sweep.ALL, failure).write(job.folder(), job.trial());
    }
    TrialResult result =
        new TrialResult(job.trial(), job.folder().path(), history(job.folder()), failure, known);
    listener.onEnd(result);
    return result;
  }

  private void train(Job job, RunConfig run) throws IOException, InterruptedException {
    List<String> settings = new ArrayList<>();
    settings.add("data.cache_memory=" + run.datasetHparams().cacheMemory() / sideBySide);
    settings.addAll(job.all());
    if (run.ensemble().isPresent()) {
      settings.add("pipeline.ensemble.parallel=" + (sideBySide == 1 ? "null" : "1"));
      RunConfig shared = RunConfig.load(job.configuration(), settings);
      EnsembleTraining training =
          new EnsembleTraining(
              job.configuration(), settings, shared, shared.ensemble().orElseThrow());
      training.export(training.train(SILENT, new Callback() {}), METRICS);
      return;
    }
    RunConfig shared = sideBySide == 1 ? run : RunConfig.load(job.configuration(), settings);
    ModelFitPipeline pipeline = shared.pipeline();
    pipeline
        .withConfiguration(run.text())
        .withProgress(sideBySide == 1 ? progress : new Callback() {});
    pipeline.trainAndValidate();
  }

  private static List<EpochResult> history(Folder folder) {
    try {
      return History.read(folder);
    } catch (IOException e) {
      return List.of(); // there is nothing to show of it
    }
  }
}
