package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import io.rankline.metric.RankingMetric.Direction;
import io.rankline.metric.evaluation.Evaluation;
import io.rankline.metric.evaluation.MetricMean;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.model.RankingModel;
import io.rankline.pipeline.explanation.ImportanceBudget.Measured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds out about one task while the validation data passes by. */
final class TaskStudyBuilder {

  private static final int WORST_LISTS = 10;

  private final StudyRequest request;
  private final String task;
  private final List<MetricSample> samples;
  private final MetricSample values;
  private int lists;

  /** The worst lists so far, the least bad of them first. */
  private final PriorityQueue<Seen> worst;

  private @Nullable Baselines baselines;
  private @Nullable EarlierScores earlier;

  /**
   * A builder that has seen no list.
   *
   * @param samples of the model, in the order of the metrics
   */
  TaskStudyBuilder(StudyRequest request, String task, List<MetricSample> samples) {
    this.request = request;
    this.task = task;
    this.samples = samples;
    this.values = samples.get(request.metrics().indexOf(request.main()));
    int sign = request.main().direction() == Direction.HIGHER_IS_BETTER ? 1 : -1;
    this.worst =
        new PriorityQueue<>(
            Comparator.comparingDouble((Seen seen) -> sign * seen.value())
                .thenComparingInt(Seen::place)
                .reversed());
  }

  /** A list that passed by, and what the model reached in it. */
  private record Seen(int place, double value, RankingList list) {}

  /**
   * Takes a batch in.
   *
   * @param length to which its lists are padded
   */
  void add(List<RankingList> batch, int length) {
    Baselines others = baselines;
    if (others == null) {
      others = new Baselines(request.metrics(), column(batch.get(0)), request.training());
      baselines = others;
      EarlierRun run = request.earlier();
      RankingModel model = run == null ? null : run.model();
      earlier =
          model == null
              ? null
              : new EarlierScores(model, task, column(batch.get(0)), request.metrics());
    }
    others.add(batch, length);
    if (earlier != null) {
      earlier.add(batch);
    }
    for (RankingList list : batch) {
      int q = lists++;
      if (q < values.size() && values.weights()[q] > 0) {
        worst.add(new Seen(q, values.values()[q], list));
        if (worst.size() > WORST_LISTS) {
          worst.remove();
        }
      }
    }
  }

  /**
   * The study.
   *
   * @param kept some of the lists, as they are read
   * @param transformed the same as the model reads them
   * @param scores of them; null where they could not be scored
   * @param tasks number of tasks
   */
  TaskStudy build(
      List<RankingList> kept,
      List<RankingList> transformed,
      @Nullable List<float[]> scores,
      int tasks) {
    List<Baseline> others = new ArrayList<>(baselines == null ? List.of() : baselines.build());
    if (earlier != null) {
      earlier.build().ifPresent(others::add);
    }
    for (Reference reference : tasks == 1 ? request.references() : List.<Reference>of()) {
      ModelStudy.attempt(
              reference.name(),
              () -> Optional.of(reference.evaluation().apply(request.metrics())),
              Optional.<Evaluation>empty())
          .ifPresent(found -> others.add(new Baseline(reference.name(), found, List.of())));
    }
    Optional<Measured> measured =
        ModelStudy.attempt(
            "importance",
            () ->
                new ImportanceBudget(request.model(), task, request.main(), tasks)
                    .measure(transformed),
            Optional.empty());
    return new TaskStudy(
        task,
        request.main().name(),
        model(),
        others,
        measured.map(Measured::importances),
        measured.map(Measured::screened).orElse(0),
        contests(others),
        ModelStudy.attempt("worst lists", this::hardLists, List.of()),
        scores == null || kept.isEmpty()
            ? List.of()
            : ModelStudy.attempt(
                "grades", () -> GradeScores.of(kept, column(kept.get(0)), scores), List.of()),
        earlier == null ? "" : earlier.fault());
  }

  private Baseline model() {
    Map<String, MetricMean> means = new LinkedHashMap<>();
    for (int m = 0; m < samples.size(); m++) {
      means.put(request.metrics().get(m).name(), seenOf(samples.get(m)).mean());
    }
    return new Baseline("this model", new Evaluation(means), List.of());
  }

  /** The values of the lists that passed by. */
  private MetricSample seenOf(MetricSample all) {
    return all.select(IntStream.range(0, Math.min(lists, all.size())).toArray());
  }

  private List<Contest> contests(List<Baseline> others) {
    int main = request.metrics().indexOf(request.main());
    List<Contest> contests = new ArrayList<>();
    for (Baseline other : others) {
      if (!other.samples().isEmpty()) {
        contests.add(
            Contest.of(request.main(), other.name(), seenOf(values), other.samples().get(main)));
      }
    }
    return contests;
  }

  private List<HardList> hardLists() {
    RankingModel model = request.model();
    List<HardList> found = new ArrayList<>();
    for (Seen seen : worst.stream().sorted(worst.comparator().reversed()).toList()) {
      RankingList raw = seen.list();
      float[] scores =
          Objects.requireNonNull(
                  ListScores.of(model, List.of(model.encoder().transform(raw))).get(task))
              .get(0);
      found.add(HardList.of(seen.place() + 1, raw, seen.value(), column(raw), scores));
    }
    return found;
  }

  private int column(RankingList list) {
    return request.model().labelColumn(list.layout(), task);
  }
}
