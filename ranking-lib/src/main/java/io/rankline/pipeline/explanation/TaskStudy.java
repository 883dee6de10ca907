package io.rankline.pipeline.explanation;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link ModelStudy} of one task. What could not be found out is empty.
 *
 * @param task its name
 * @param metric name of the metric that lists are compared by
 * @param model what the model reaches
 * @param baselines what other orders reach, the weakest first
 * @param importances of the features
 * @param screened number of lists that features were chosen on before they were measured on others;
 *     0 where all features were measured
 * @param contests in which lists the model is better than something else
 * @param worst the lists that the model ranks worst
 * @param grades its scores by label
 * @param earlierFault why an earlier model could not score the validation data; empty where it
 *     could, or there is none
 */
public record TaskStudy(
    String task,
    String metric,
    Baseline model,
    List<Baseline> baselines,
    Optional<Importances> importances,
    int screened,
    List<Contest> contests,
    List<HardList> worst,
    List<GradeScores> grades,
    String earlierFault) {

  public TaskStudy {
    baselines = List.copyOf(baselines);
    contests = List.copyOf(contests);
    worst = List.copyOf(worst);
    grades = List.copyOf(grades);
  }

  TaskStudy withQueries(Map<Integer, String> names) {
    return new TaskStudy(
        task,
        metric,
        model,
        baselines,
        importances,
        screened,
        contests,
        worst.stream()
            .map(
                list -> {
                  String name = names.get(list.number());
                  return name == null ? list : list.withQuery(name);
                })
            .toList(),
        grades,
        earlierFault);
  }
}
