package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import io.rankline.pipeline.input.BatchForm;
import io.rankline.pipeline.input.BatchStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a trained model makes of its validation data. One pass over the data, and scores of some of
 * its lists: {@link ImportanceBudget} says how many. Nothing here stops a training: what cannot be
 * found out is left out, and the log says why.
 *
 * @param tasks one of each task that has a ranking
 * @param curves sub-scores of a generalised additive model; empty for others
 * @param features what the features of the training data hold; empty where no lists are known
 */
public record ModelStudy(
    List<TaskStudy> tasks, List<GamCurve> curves, List<FeatureSummary> features) {

  /** The study of a model that nothing is known of. */
  public static final ModelStudy NONE = new ModelStudy(List.of(), List.of(), List.of());

  private static final Logger log = LoggerFactory.getLogger(ModelStudy.class);

  /** Lists of the validation data that are kept have so many items in all. */
  private static final int KEPT_ITEMS = 10_000;

  /** And so many numbers: 80 MB. */
  private static final long KEPT_VALUES = 20_000_000;

  private static final int PROFILED_ITEMS = 5_000;

  public ModelStudy {
    tasks = List.copyOf(tasks);
    curves = List.copyOf(curves);
    features = List.copyOf(features);
  }

  /** The first lists of the data; later ones that happen to be short do not fill up the rest. */
  private static final class Kept {
    private final List<RankingList> lists = new ArrayList<>();
    private long items;

    void add(RankingList list) {
      items += list.size();
      if (list.size() > 0
          && items <= KEPT_ITEMS
          && items * list.layout().exampleWidth() <= KEPT_VALUES) {
        lists.add(list);
      }
    }
  }

  /** Lists of a batch, and the length to which they are padded. */
  private record Batch(List<RankingList> lists, int length) {
    static final BatchForm<Batch> FORM =
        (batcher, lists) -> new Batch(lists, batcher.length(lists));
  }

  /**
   * Studies a model.
   *
   * @throws IOException if the validation data cannot be read
   */
  public static ModelStudy of(StudyRequest request) throws IOException {
    Map<String, TaskStudyBuilder> builders = new LinkedHashMap<>();
    request
        .samples()
        .forEach(
            (task, samples) -> builders.put(task, new TaskStudyBuilder(request, task, samples)));
    Kept kept = new Kept();
    try (BatchStream<Batch> batches =
        request.validation().open(UnaryOperator.identity(), Batch.FORM, 0)) {
      for (long taken = 0; request.steps() == null || taken < request.steps(); taken++) {
        Batch batch = batches.next();
        if (batch == null) {
          break;
        }
        for (TaskStudyBuilder builder : builders.values()) {
          builder.add(batch.lists(), batch.length());
        }
        batch.lists().forEach(kept::add);
      }
    }
    List<TaskStudy> tasks = new ArrayList<>();
    SortedMap<String, List<float[]>> scores = new TreeMap<>();
    List<RankingList> transformed = new ArrayList<>();
    attempt(
        "scores",
        () -> {
          kept.lists.forEach(list -> transformed.add(request.model().encoder().transform(list)));
          scores.putAll(ListScores.of(request.model(), transformed));
          return scores;
        },
        scores);
    builders.forEach(
        (task, builder) ->
            tasks.add(builder.build(kept.lists, transformed, scores.get(task), builders.size())));
    return new ModelStudy(
        tasks,
        GamCurve.isIn(request.model())
            ? attempt("curves", () -> GamCurve.of(request.model(), kept.lists), List.of())
            : List.of(),
        attempt("features", () -> features(request.training()), List.of()));
  }

  /**
   * The same with names of the lists that are ranked worst.
   *
   * @param names by the number of a list, from 1
   */
  public ModelStudy withQueries(Map<Integer, String> names) {
    return new ModelStudy(
        tasks.stream().map(task -> task.withQueries(names)).toList(), curves, features);
  }

  /** What a part of the study finds out, or a stand-in. */
  static <T> T attempt(String part, Supplier<T> study, T otherwise) {
    try {
      return study.get();
    } catch (RuntimeException e) {
      log.warn("the report lacks {} of the model: {}", part, e.getMessage(), e);
      return otherwise;
    }
  }

  private static List<FeatureSummary> features(List<RankingList> training) {
    List<RankingList> some = new ArrayList<>();
    long items = 0;
    for (RankingList list : training) {
      if (list.size() > 0 && items < PROFILED_ITEMS) {
        some.add(list);
        items += list.size();
      }
    }
    return some.isEmpty() ? List.of() : FeatureSummary.of(some);
  }
}
