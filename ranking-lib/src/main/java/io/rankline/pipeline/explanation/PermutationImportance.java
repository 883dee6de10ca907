package io.rankline.pipeline.explanation;

import io.rankline.data.RankingList;
import io.rankline.data.TieOrder;
import io.rankline.metric.RankingMetric;
import io.rankline.metric.RankingMetric.Direction;
import io.rankline.metric.evaluation.EmptyLists;
import io.rankline.metric.evaluation.MetricSample;
import io.rankline.metric.significance.Bootstrap;
import io.rankline.metric.significance.ConfidenceInterval;
import io.rankline.model.RankingModel;
import io.rankline.model.input.BatchEncoder;
import io.rankline.pipeline.explanation.FeatureImportance.Permuted;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How much worse a metric becomes when the values of a feature are permuted, so that they say
 * nothing any more (Breiman), measured for each feature by itself.
 *
 * <p>Only the order within a list counts in ranking. So the values of an item feature are permuted
 * among the items of each list: what the query decides about them stays, as in conditional schemes
 * (Strobl et al.; Molnar et al. with subgroups, which are queries here). A feature of the query has
 * nothing to permute within a list; its values are permuted among lists. The same is done with an
 * item feature that is the same at all items of each list.
 *
 * <p>All values of a feature (a vector, a text, tokens) move together. Features that say the same
 * stand in for each other: each of them can have an importance near 0 while both together have not.
 *
 * <p>Intervals are those of a bootstrap over lists of the loss of each list, averaged over repeats.
 * One list alone has no interval, and what is permuted among lists has no importance then. All
 * draws follow from the seed, the feature's place, the list's and the repeat's number. Features
 * that are permuted among lists share their draws.
 *
 * @param metric what is measured
 * @param emptyLists how lists without relevant items count
 * @param ties in which order items of equal score are ranked
 * @param repeats how often each feature is permuted, 1 or more
 * @param bootstrap of the intervals; null for none
 * @param seed of the permutations
 * @see <a href="https://doi.org/10.1023/A:1010933404324">Breiman, Random forests, 2001</a>
 * @see <a href="https://doi.org/10.1186/1471-2105-9-307">Strobl et al., Conditional variable
 *     importance for random forests, 2008</a>
 * @see <a href="https://doi.org/10.1007/s10618-022-00901-9">Molnar et al., Model-agnostic feature
 *     importance and effects with dependent features, 2023</a>
 */
public record PermutationImportance(
    RankingMetric metric,
    EmptyLists emptyLists,
    TieOrder ties,
    int repeats,
    @Nullable Bootstrap bootstrap,
    long seed) {

  /** Enough for permutations to add little to what the choice of lists makes uncertain. */
  public static final int DEFAULT_REPEATS = 3;

  public PermutationImportance {
    if (repeats < 1) {
      throw new IllegalArgumentException("repeats must be 1 or more, got " + repeats);
    }
    emptyLists.requireMeaningFor(metric);
  }

  /**
   * Number of lists that {@link #of} scores for each one given.
   *
   * @param features number of features that are measured
   */
  public long scoredForEach(int features) {
    return 1 + (long) repeats * features;
  }

  /** The names of the features that a model reads, those of items first. */
  public static List<String> features(RankingList transformed) {
    return FeaturePlace.of(transformed.layout()).stream().map(FeaturePlace::name).toList();
  }

  /**
   * Measures features.
   *
   * @param model that scores; must not be trained meanwhile
   * @param task whose label and scores count
   * @param transformed lists as {@link BatchEncoder#transform(RankingList)} makes them, all of one
   *     layout; those without items are left out
   * @param wanted whether the feature of that name is measured
   * @param progress called with the number of lists scored since the last time
   * @throws IllegalArgumentException if there is no list with items, or for a task with several
   *     scores an item, which are no ranking
   */
  public Importances of(
      RankingModel model,
      String task,
      List<RankingList> transformed,
      Predicate<String> wanted,
      LongConsumer progress) {
    List<RankingList> lists = transformed.stream().filter(list -> list.size() > 0).toList();
    if (lists.isEmpty()) {
      throw new IllegalArgumentException("there is no list with items to measure importance on");
    }
    List<FeaturePlace> all = FeaturePlace.of(lists.get(0).layout());
    List<FeaturePlace> places = all.stream().filter(place -> wanted.test(place.name())).toList();
    List<Permuted> permuted = places.stream().map(place -> permuted(place, lists)).toList();
    int base = places.size();
    VariantScores scores =
        new VariantScores(model, task, metric, ties, base + 1, lists.size(), progress);
    int[][] donors = donors(lists.size());
    for (int q : bySize(lists)) {
      RankingList list = lists.get(q);
      scores.add(base, q, list);
      for (int f = 0; f < base; f++) {
        FeaturePlace place = places.get(f);
        for (int r = 0; r < repeats; r++) {
          scores.add(
              f,
              q,
              permuted.get(f) == Permuted.ITEMS
                  ? place.shuffled(list, random(all.indexOf(place), r, q))
                  : place.taking(list, lists.get(donors[r][q])));
        }
      }
    }
    List<MetricSample> samples = scores.samples();
    return new Importances(
        metric.name(),
        value(samples.get(base)),
        lists.size(),
        lists.stream().mapToLong(RankingList::size).sum(),
        repeats,
        ranked(places, permuted, samples.get(base), samples.subList(0, base)));
  }

  private List<FeatureImportance> ranked(
      List<FeaturePlace> places,
      List<Permuted> permuted,
      MetricSample base,
      List<MetricSample> samples) {
    boolean higher = metric.direction() == Direction.HIGHER_IS_BETTER;
    List<MetricSample> bases = Collections.nCopies(samples.size(), base);
    List<Optional<ConfidenceInterval>> intervals =
        bootstrap == null || base.size() == 1
            ? Collections.nCopies(samples.size(), Optional.empty())
            : bootstrap.differences(higher ? samples : bases, higher ? bases : samples, emptyLists);
    List<FeatureImportance> found = new ArrayList<>();
    for (int f = 0; f < places.size(); f++) {
      double difference = value(base) - value(samples.get(f));
      found.add(
          new FeatureImportance(
              places.get(f).name(),
              permuted.get(f),
              permuted.get(f) == Permuted.LISTS && base.size() == 1
                  ? Double.NaN
                  : higher ? difference : -difference,
              intervals.get(f).orElse(null)));
    }
    found.sort(
        Comparator.comparingDouble(
            each -> Double.isNaN(each.lost()) ? Double.POSITIVE_INFINITY : -each.lost()));
    return found;
  }

  private double value(MetricSample sample) {
    return sample.mean().value(emptyLists).orElse(Double.NaN);
  }

  private static Permuted permuted(FeaturePlace place, List<RankingList> lists) {
    return lists.stream().allMatch(place::isConstantIn) ? Permuted.LISTS : Permuted.ITEMS;
  }

  /** Lists of one size after each other, so that batches need little padding. */
  private static int[] bySize(List<RankingList> lists) {
    return IntStream.range(0, lists.size())
        .boxed()
        .sorted(Comparator.comparingInt(q -> lists.get(q).size()))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  /** Which list each list takes its values from, in each repeat. */
  private int[][] donors(int lists) {
    int[][] donors = new int[repeats][];
    for (int r = 0; r < repeats; r++) {
      donors[r] = FeaturePlace.order(lists, random(-1, r, -1));
    }
    return donors;
  }

  private SplittableRandom random(int feature, int repeat, int list) {
    long mixed = seed * 0x9E3779B97F4A7C15L + feature;
    mixed = mixed * 0xD1B54A32D192ED03L + repeat;
    return new SplittableRandom(mixed * 0x8CB92BA72F3D8DD7L + list);
  }
}
