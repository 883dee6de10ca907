package io.rankline.config;

import io.rankline.config.sweep.Trial;
import io.rankline.model.Combine;
import io.rankline.text.Faults;
import io.rankline.text.Option;
import io.rankline.text.RecordCodec;
import io.rankline.text.Section;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The section {@code pipeline.ensemble}: several trainings of which one model is made. */
public record EnsembleSection(
    @Option(
            fallback = "0",
            least = 2,
            meaning = "number of trainings; the k-th has the seeds of the run and k - 1")
        int members,
    @Option(
            fallback = "standardized",
            meaning =
                "the mean of z-scores within the list, or of scores as they are, which is for"
                    + " members of one loss")
        Combine combine,
    @Option(
            fallback = "[]",
            meaning =
                "for each member what it has in place of the file's values, as --set takes it:"
                    + " [[], [\"pipeline.loss=approx_ndcg_loss\"]]")
        List<List<String>> overrides,
    @Option(
            least = 1,
            meaning =
                "members that are trained side by side, each on a thread with its share of"
                    + " processors and memory; by default as many as there are processors, or some"
                    + " more so that none of these idles, and a GiB of memory for each. With a"
                    + " strategy for executors or replicas, one after the other")
        @Nullable Integer parallel,
    @Option(
            fallback = "false",
            meaning = "whether the ensemble is exported without the members that failed")
        boolean allowFewer) {

  /** Its key in the section {@code pipeline}. */
  public static final String KEY = "ensemble";

  private static final long MEMORY_EACH = 1L << 30;

  /** Checks all, and reports all faults at once. */
  public EnsembleSection {
    overrides = overrides.stream().map(List::copyOf).toList();
    Faults.in(EnsembleSection.class, members, combine, overrides, parallel, allowFewer)
        .addUnless(
            overrides.isEmpty() || overrides.size() == members,
            "overrides",
            "must have a list for each of %s members, got %s",
            members,
            overrides.size())
        .addUnless(
            overrides.stream().flatMap(List::stream).allMatch(each -> each.indexOf('=') > 0),
            "overrides",
            "must be of the form KEY=VALUE, got %s",
            overrides)
        .orThrow();
  }

  static @Nullable EnsembleSection read(Section section) {
    EnsembleSection read = RecordCodec.of(EnsembleSection.class).read(section);
    section.rejectUnknownKeys();
    return read;
  }

  /**
   * The trainings.
   *
   * @param run whose seeds they count on from
   */
  public List<Trial> trials(RunConfig run) {
    List<Trial> trials = new ArrayList<>();
    for (int k = 0; k < members; k++) {
      Map<String, String> values = new LinkedHashMap<>();
      values.put("pipeline.seed", Long.toString(run.hparams().seed() + k));
      values.put("data.seed", Long.toString(run.datasetHparams().seed() + k));
      List<String> all = new ArrayList<>();
      values.forEach((key, value) -> all.add(key + "=" + value));
      for (String override : overrides.isEmpty() ? List.<String>of() : overrides.get(k)) {
        int equals = override.indexOf('=');
        values.put(override.substring(0, equals).strip(), override.substring(equals + 1).strip());
        all.add(override); // one key may come twice, as null and then what is in its place
      }
      all.add("pipeline." + KEY + "=null");
      String number = Integer.toString(k + 1);
      trials.add(new Trial(k + 1, values, "member " + number, number, all));
    }
    return trials;
  }

  /**
   * How many are trained side by side on a machine: where it is not said, as many as there are
   * processors, and some more where a round would be left that has too few for all of them.
   */
  public int sideBySide(int processors, long memoryBytes) {
    if (parallel != null) {
      return Math.min(parallel, members);
    }
    int rounds = Math.max(1, members / processors);
    int even = (members + rounds - 1) / rounds;
    return (int) Math.max(1, Math.min(even, memoryBytes / MEMORY_EACH));
  }
}
