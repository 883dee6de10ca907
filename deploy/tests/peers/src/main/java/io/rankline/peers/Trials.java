package io.rankline.peers;

import io.rankline.peers.Peer.Fitted;
import io.rankline.spark.ml.RankingEvaluator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;

/** The trials of one log, one after the other. */
final class Trials implements AutoCloseable {

  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int TRIES_TO_KILL = 3;
  private static final int DIGITS = 8;

  private final ExecutorProcesses executors;
  private final MadeUpLog log;
  private final long seed;
  private final Map<Trial, Outcome> outcomes = new LinkedHashMap<>();
  private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

  Trials(ExecutorProcesses executors, MadeUpLog log, long seed) {
    this.executors = executors;
    this.log = log;
    this.seed = seed;
  }

  /** What the trials so far came to. */
  Map<Trial, Outcome> outcomes() {
    return outcomes;
  }

  /**
   * Trains and measures.
   *
   * @throws RuntimeException if the fit fails, or takes more than three minutes
   */
  Outcome run(Trial trial) {
    Outcome outcome =
        trial.kills()
            ? killed(trial, Objects.requireNonNull(outcomes.get(trial.undisturbed())))
            : fit(trial, TrainingStages.undisturbed());
    outcomes.put(trial, outcome);
    return outcome;
  }

  /**
   * A kill between two stages, or after the last step, disturbs nobody and does not count. Where
   * other work slowed the undisturbed training, half of its time is too late: then half of that. A
   * peer that does not end behind a kill is counted and tried again on new executors; Rankline may
   * not.
   */
  private Outcome killed(Trial trial, Outcome undisturbed) {
    Duration untilKill = undisturbed.trained();
    int hung = 0;
    for (int tries = 0; tries < TRIES_TO_KILL; tries++) {
      untilKill = untilKill.dividedBy(2);
      Map<String, ProcessHandle> processes = executors.processes();
      Outcome outcome = null;
      try {
        outcome = fit(trial, TrainingStages.killing(processes, untilKill));
      } catch (Exception e) { // Scala throws SparkException without declaring it.
        if (trial.peer() instanceof RanklinePeer) {
          throw e;
        }
        System.err.println("seed %d: %s did not end: %s".formatted(seed, trial, e.getMessage()));
        hung++;
        // Native code holds its slot for ever.
        processes.values().forEach(ProcessHandle::destroyForcibly);
      }
      if (outcome != null && outcome.stages() > undisturbed.stages()) {
        return outcome.behind(hung);
      }
    }
    if (hung > 0) {
      return Outcome.none(hung);
    }
    throw new IllegalStateException(
        "%s ended %d times before an executor could be killed in the middle; take more queries"
            .formatted(trial, TRIES_TO_KILL));
  }

  private Outcome fit(Trial trial, TrainingStages stages) {
    SparkContext context = executors.spark().sparkContext();
    context.addSparkListener(stages);
    ScheduledFuture<?> limit =
        clock.schedule(context::cancelAllJobs, LIMIT.toSeconds(), TimeUnit.SECONDS);
    long begin = System.nanoTime();
    Fitted fitted;
    try {
      fitted =
          trial
              .peer()
              .fit(trial.layout().of(log.training(), trial.workers()), trial.workers(), seed);
    } finally {
      limit.cancel(false);
      context.removeSparkListener(stages);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begin);
    double ndcg =
        new RankingEvaluator()
            .setMetricName("ndcg@10")
            .setGroupCol(MadeUpLog.GROUP)
            .setLabelCol(MadeUpLog.LABEL)
            .evaluate(fitted.model().transform(log.heldOut()));
    return new Outcome(
        fitted.loss(), hash(fitted.parameters()), ndcg, took, stages.span(), stages.count(), 0);
  }

  private static String hash(byte[] parameters) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(parameters);
      return HexFormat.of().formatHex(digest).substring(0, DIGITS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
  }
}
