package io.rankline.spark.quality;

import com.typesafe.config.ConfigUtil;
import io.rankline.config.sweep.SweepPlan;
import io.rankline.config.sweep.Trial;
import io.rankline.io.Folder;
import io.rankline.pipeline.callback.Callback;
import io.rankline.pipeline.callback.EpochResult;
import io.rankline.pipeline.callback.History;
import io.rankline.spark.sweep.SweepLines;
import io.rankline.spark.sweep.TrialResult;
import io.rankline.spark.sweep.TrialThreads;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Trains every configuration on every fold with every seed, all in this JVM: what one compiles, all
 * of them run. What is done is not trained again, what was interrupted goes on from its last
 * checkpoint.
 *
 * @param contestants the configurations
 * @param overrides of all of them
 * @param folds of the data
 * @param seeds number of trainings that differ in their seeds alone
 * @param folder where all of it goes
 * @param parallel trainings side by side, each on a thread with its share of processors and memory
 */
public record QualityRun(
    List<Contestant> contestants,
    List<String> overrides,
    FoldFiles folds,
    int seeds,
    Folder folder,
    int parallel) {

  /** More than an ensemble has members, whose seeds are those of the run and the next ones. */
  private static final int SEED_STEP = 1000;

  public QualityRun {
    contestants = List.copyOf(contestants);
    overrides = List.copyOf(overrides);
    if (seeds < 1) {
      throw new IllegalArgumentException("seeds must be 1 or more, got " + seeds);
    }
  }

  /**
   * One training.
   *
   * @param fold that tests it, from 0
   * @param seed which one, from 0
   * @param result how it went
   * @param time of all epochs, of all members of an ensemble
   */
  public record Training(int fold, int seed, TrialResult result, Duration time) {}

  /** Number of trainings. */
  public int trainings() {
    return contestants.size() * folds.count() * seeds;
  }

  /**
   * Trains what is not done yet.
   *
   * @param out gets a line when a training begins and when it ends
   * @return by configuration, seed by seed, and of these fold by fold
   * @throws IOException before any training, if the folder holds one of another configuration
   */
  public Map<Contestant, List<Training>> train(PrintWriter out)
      throws IOException, InterruptedException {
    Map<Contestant, List<TrialThreads.Job>> jobs = new LinkedHashMap<>();
    for (Contestant each : contestants) {
      List<TrialThreads.Job> own = new ArrayList<>();
      for (Trial trial : plan(each).trials()) {
        Folder place = folder.folder(each.name()).folder(trial.folder());
        own.add(new TrialThreads.Job(each.file(), overrides, trial, place));
        own.get(own.size() - 1).requireOwnFolder();
      }
      jobs.put(each, own);
    }
    Map<Contestant, List<Training>> trainings = new LinkedHashMap<>();
    for (Map.Entry<Contestant, List<TrialThreads.Job>> each : jobs.entrySet()) {
      SweepLines lines = new SweepLines(plan(each.getKey()), each.getKey().run().monitor(), out);
      List<Training> ended = new ArrayList<>();
      for (TrialResult result :
          new TrialThreads(parallel, lines, new Callback() {}).run(each.getValue())) {
        ended.add(
            new Training(
                ended.size() % folds.count(),
                ended.size() / folds.count(),
                result,
                time(each.getValue().get(ended.size()).folder())));
      }
      trainings.put(each.getKey(), List.copyOf(ended));
    }
    return trainings;
  }

  private SweepPlan plan(Contestant contestant) {
    List<Trial> trials = new ArrayList<>();
    for (int seed = 0; seed < seeds; seed++) {
      for (int fold = 0; fold < folds.count(); fold++) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("data.train_input_pattern", ConfigUtil.quoteString(folds.train(fold)));
        values.put("data.valid_input_pattern", ConfigUtil.quoteString(folds.valid(fold)));
        values.putAll(contestant.dataOverrides());
        for (Contestant before : contestants.subList(0, contestants.indexOf(contestant))) {
          if (contestant.hasKey(before.modelKey())) {
            Folder place = folder.folder(before.name()).folder(name(fold, seed));
            values.put(before.modelKey(), ConfigUtil.quoteString(before.export(place).path()));
          }
        }
        long step = (long) SEED_STEP * seed;
        values.put("data.seed", Long.toString(contestant.run().datasetHparams().seed() + step));
        values.put("pipeline.seed", Long.toString(contestant.run().hparams().seed() + step));
        trials.add(
            new Trial(
                trials.size() + 1,
                values,
                "%s, fold %s, seed %s".formatted(contestant.name(), fold + 1, seed + 1),
                name(fold, seed)));
      }
    }
    return new SweepPlan(List.of(), trials);
  }

  private static String name(int fold, int seed) {
    return "fold-%s-seed-%s".formatted(fold + 1, seed + 1);
  }

  /** Of all epochs; of an ensemble, of those of its members. */
  private static Duration time(Folder modelDir) {
    Duration time = Duration.ZERO;
    try {
      for (EpochResult epoch : History.read(modelDir)) {
        time = time.plus(epoch.training()).plus(epoch.validating());
      }
      Folder members = modelDir.folder("members");
      for (String member : members.names()) {
        time = time.plus(time(members.folder(member)));
      }
    } catch (IOException e) {
      return time; // a history that cannot be read tells no time
    }
    return time;
  }
}
