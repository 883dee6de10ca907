package io.rankline.serving;

import io.rankline.data.ListLayout;
import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.profile.InputProfile;
import io.rankline.io.record.RecordFormat;
import io.rankline.model.ListScorer;
import io.rankline.model.ModelDescription;
import io.rankline.model.ScoreParts;
import io.rankline.model.TaskLoss;
import io.rankline.model.scorer.ScoringScope;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * An exported model, or an ensemble of them, that scores, in plain Java: neither DL4J nor Hadoop,
 * Spark or native code is needed. It is all that the jar with the classifier {@code scorer} is for.
 *
 * <p>Scores have the same bits as those of {@link SavedRankingModel}, which reads models from any
 * storage, has compiled kernels, and knows networks with layers of your own.
 *
 * <p>Safe for use by several threads, which do not wait for each other.
 */
public class RankingScorer {

  /** Why an ensemble of z-scores within the list has no score for an item by itself. */
  public static final String NEEDS_LISTS =
      "an ensemble of standardised scores says where an item stands in its list, and nothing of an"
          + " item by itself; send whole lists to predict, or make the ensemble with combine ="
          + " mean";

  final ExportContent content;
  private final RecordSpec requests;
  private final ListScorer scorer;
  private final RequestReader elwc;
  private final RequestReader examples;
  private final RequestMaps maps;
  private final SortedMap<String, String> versions;

  RankingScorer(ExportContent content, ListScorer scorer, SortedMap<String, String> versions) {
    this.content = content;
    this.requests = content.requests();
    this.scorer = scorer;
    this.elwc = new RequestReader(RecordFormat.ELWC, requests);
    this.examples = new RequestReader(RecordFormat.TF_EXAMPLE, requests);
    this.maps = new RequestMaps(content.records());
    this.versions = versions;
  }

  /**
   * Loads an exported model.
   *
   * @param folder that it was exported to
   * @throws SavedModelException if there is none, it is damaged, of a newer format, or its network
   *     has layers that only DL4J knows; names the file and the way out
   */
  public static RankingScorer load(Path folder) throws IOException {
    return PlainScorers.of(StoredModel.read(new PathFiles(folder)));
  }

  /** The name of the model. */
  public final String name() {
    return content.model().name();
  }

  /** The names of its tasks. */
  public final Set<String> tasks() {
    return content.model().tasks().keySet();
  }

  /**
   * How the inputs of its network are made, and its tasks.
   *
   * @throws IllegalStateException for an ensemble, which has several networks
   */
  public final ModelDescription description() {
    requireOneNetwork();
    return content.model();
  }

  /** The models of an ensemble in their order; none for a model of one network. */
  public final List<RankingScorer> members() {
    return scorer instanceof EnsembleScorer ensemble ? List.copyOf(ensemble.members()) : List.of();
  }

  /**
   * The place of a task's label among the labels of a list.
   *
   * @throws IllegalArgumentException if the task is not there, or its label
   */
  public final int labelColumn(ListLayout layout, String task) {
    TaskLoss loss = content.model().tasks().get(task);
    if (loss == null) {
      throw new IllegalArgumentException(
          "the model has no task '%s'; it has %s".formatted(task, tasks()));
    }
    return loss.labelColumn(layout, task);
  }

  /**
   * Whether an item by itself has a score: that of a list of one. It has none in an ensemble of
   * standardised scores, and on the base of one.
   */
  public final boolean scoresSingleItems() {
    return !(scorer instanceof EnsembleScorer ensemble && !ensemble.scoresSingleItems())
        && !(scorer instanceof OnBaseScorer corrected && !corrected.base().scoresSingleItems());
  }

  /** What a training record holds: features, labels, weight. */
  public final RecordSpec records() {
    return content.records();
  }

  /** What a request holds: the features alone. */
  public final RecordSpec requests() {
    return requests;
  }

  /** The signature of {@code serving_default}. */
  public final SignatureName servingDefault() {
    return content.servingDefault();
  }

  /** The configuration it was trained by; empty if there was none. */
  public final String configuration() {
    return content.configuration();
  }

  /** How the data was read that it was trained on; empty where its export does not tell. */
  public final Optional<DataSettings> data() {
    return Optional.ofNullable(content.data());
  }

  /** What the data looks like that it was trained on; empty where its export does not tell. */
  public final Optional<InputProfile> profile() {
    return Optional.ofNullable(content.profile());
  }

  /** Values of metrics by name, as they were at its content. */
  public final SortedMap<String, Double> metrics() {
    return content.metrics();
  }

  /** What it was exported with: rankline, dl4j, java. */
  public final SortedMap<String, String> versions() {
    return versions;
  }

  /** What a score depends on. */
  public final ScoringScope scope() {
    return content.model().scope();
  }

  /** Its signatures. */
  public final Signatures signatures() {
    return signatures(scorer);
  }

  /**
   * Its signatures, whose lists another scorer scores: one that batches them, for instance.
   *
   * @param through gives the scores of {@link #predictAll}
   */
  public final Signatures signatures(ListScorer through) {
    return new Signatures(this, servingDefault().wireName(), through);
  }

  /**
   * Scores of the items of a list, as it is read by {@link #requests} or {@link #records}, for a
   * model of one task.
   *
   * @return [N], in the order of the items; [N, M] for a loss of M scores an item
   * @throws IllegalArgumentException for values that the model cannot take; names the feature
   * @throws IllegalStateException for a model of several tasks
   */
  public final float[] predict(RankingList list) {
    return single(predictTasks(list));
  }

  /**
   * As {@link #predict(RankingList)}, of a serialized ExampleListWithContext.
   *
   * @throws IllegalArgumentException also for bytes that are none, or lack a feature without
   *     default
   */
  public final float[] predict(byte[] elwcRecord) {
    return predict(listOf(elwcRecord));
  }

  /**
   * As {@link #predict(RankingList)}, of features by name: numbers, strings, or lists or arrays of
   * them. Labels and weights may be among them, and are left alone.
   *
   * @param context features of the query
   * @param items features of each item
   * @throws IllegalArgumentException also for a name that is not known, or a value of the wrong
   *     type
   */
  public final float[] predict(
      Map<String, ? extends Object> context, List<? extends Map<String, ? extends Object>> items) {
    return predict(listOf(context, items));
  }

  /** As {@link #predict(RankingList)}, for each task. */
  public final SortedMap<String, float[]> predictTasks(RankingList list) {
    return predictAll(List.of(list)).get(0);
  }

  /** As {@link #predict(RankingList)}, for each list and task; all lists are of one layout. */
  public final List<SortedMap<String, float[]>> predictAll(List<RankingList> lists) {
    return scorer.scores(lists);
  }

  /**
   * The score of a serialized tf.Example with the features of context and item, a list of one, for
   * a model of one task.
   *
   * @throws IllegalArgumentException as {@link #predict(byte[])}
   * @throws IllegalStateException for a model of several tasks, or of several scores an item, or
   *     one that {@linkplain #scoresSingleItems has no scores for single items}
   */
  public final float regress(byte[] example) {
    if (!scoresSingleItems()) {
      throw new IllegalStateException(NEEDS_LISTS);
    }
    float[] scores = single(predictTasks(listOfExample(example)));
    if (scores.length != 1) {
      throw new IllegalStateException(
          "regress needs one score an item, and the model has " + scores.length);
    }
    return scores[0];
  }

  /**
   * What each feature adds to the scores of a list, for a generalised additive model.
   *
   * @param list as in {@link #predict(RankingList)}
   * @throws IllegalArgumentException for another model, and as {@link #predict(RankingList)}
   */
  public final ScoreParts explain(RankingList list) {
    return scorer
        .parts(list)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'%s' is no GAM, so its scores have no parts; train one with scorer { type = gam }"
                        .formatted(name())));
  }

  /** The list of a serialized ExampleListWithContext. */
  public final RankingList listOf(byte[] elwcRecord) {
    return elwc.read(elwcRecord);
  }

  /** As {@link #listOf(byte[])}, of a buffer on the heap from its position to its limit. */
  final RankingList listOf(ByteBuffer elwcRecord) {
    return elwc.read(elwcRecord);
  }

  /** As {@link #listOfExample(byte[])}, of such a buffer. */
  final RankingList listOfExample(ByteBuffer example) {
    return examples.read(example);
  }

  /** The list of features by name. */
  public final RankingList listOf(
      Map<String, ? extends Object> context, List<? extends Map<String, ? extends Object>> items) {
    return elwc.read(maps.elwc(context, items));
  }

  /** The list of one item of a serialized tf.Example. */
  public final RankingList listOfExample(byte[] example) {
    return examples.read(example);
  }

  /** Number of scores that an item has in a task. */
  int outputsOf(String task) {
    TaskLoss loss = content.model().tasks().get(task);
    return loss == null ? 0 : loss.scoresOfItem();
  }

  /**
   * Makes sure that there is one network to look into.
   *
   * @throws IllegalStateException for an ensemble
   */
  final void requireOneNetwork() {
    if (!members().isEmpty()) {
      throw new IllegalStateException(
          "'%s' is an ensemble of %s models and has no network of its own; load one of its members from %s/1 and so on in its folder"
              .formatted(name(), members().size(), StoredEnsemble.MEMBERS));
    }
  }

  private float[] single(SortedMap<String, float[]> scores) {
    if (scores.size() != 1) {
      throw new IllegalStateException(
          "the model has scores for each of %s; ask for them by task"
              .formatted(new ArrayList<>(tasks())));
    }
    return scores.values().iterator().next();
  }
}
