package io.rankline.serving;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.record.RecordFormat;
import io.rankline.model.ListScorer;
import io.rankline.model.RankingModel;
import io.rankline.model.TaskLoss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * A ranking model to score with: exported, loaded, or straight from training.
 *
 * <p>An export is a folder: {@code network.zip} (DL4J's), {@code ranking_model.json} (everything
 * else), {@code assets/} (vocabularies). It needs nothing else to be loaded, and no Spark.
 *
 * <p>Scores are those of {@link ListScorer}: the same item gets the same bits from the model in
 * training and from its export, in a list and by itself if the scorer looks at single items. All
 * items of a list are scored, also beyond the list_size of training; an empty list has no scores.
 *
 * <p>Safe for use by several threads, which do not wait for each other unless the network has
 * layers of its own.
 */
public final class SavedRankingModel {

  private final ModelExport export;
  private final RankingModel model;
  private final ListScorer scorer;
  private final RequestReader elwc;
  private final RequestReader examples;
  private final RequestMaps maps;
  private final SortedMap<String, String> versions;

  private SavedRankingModel(ModelExport export, SortedMap<String, String> versions) {
    RecordSpec requests = export.requests();
    this.export = export;
    this.model = export.model();
    this.scorer = ListScorer.of(model);
    this.elwc = new RequestReader(RecordFormat.ELWC, requests);
    this.examples = new RequestReader(RecordFormat.TF_EXAMPLE, requests);
    this.maps = new RequestMaps(export.records());
    this.versions = versions;
  }

  /**
   * The model as its export will score, with its network as it is now. A network with layers of its
   * own is shared: it must not be trained while scores are asked for.
   */
  public static SavedRankingModel of(ModelExport export) {
    return new SavedRankingModel(export, Versions.current());
  }

  /**
   * Exports a model, in place of one that the folder holds. Whoever reads meanwhile, or after a
   * crash, finds the old one or the new one.
   *
   * @throws IOException if it cannot be written; what was there before is kept
   * @throws IllegalArgumentException for a model with parts that have no text form
   */
  public static void save(Folder target, ModelExport export) throws IOException {
    SavedModelFolder.write(target, export);
  }

  /**
   * Loads an exported model.
   *
   * @throws SavedModelException if there is none, it is damaged, or of a newer format; names the
   *     file and the way out
   */
  public static SavedRankingModel load(Folder folder) throws IOException {
    SavedModelFolder.Content content = SavedModelFolder.read(folder);
    SavedModelText text = content.text();
    ModelExport.Builder export =
        ModelExport.builder(text.model().around(content.network()), text.records())
            .servingDefault(text.signatures().servingDefault())
            .configuration(text.configuration());
    if (text.data() != null) {
      export.data(text.data());
    }
    text.metrics().forEach(export::metric);
    try {
      return new SavedRankingModel(export.build(), text.versions());
    } catch (IllegalArgumentException e) {
      throw SavedModelFolder.contradiction(folder, e);
    }
  }

  /** Whether a folder holds an exported model. */
  public static boolean isIn(Folder folder) throws IOException {
    return SavedModelFolder.isIn(folder);
  }

  /** Loads the model of a folder on any storage that is reached from the class path. */
  public static SavedRankingModel load(String path) throws IOException {
    return load(Storage.ofClassPath().folder(path));
  }

  /** The name of the model. */
  public String name() {
    return model.name();
  }

  /** The names of its tasks. */
  public Set<String> tasks() {
    return model.tasks().keySet();
  }

  /** What a training record holds: features, labels, weight. */
  public RecordSpec records() {
    return export.records();
  }

  /** What a request holds: the features alone. */
  public RecordSpec requests() {
    return export.requests();
  }

  /** The signature of {@code serving_default}. */
  public SignatureName servingDefault() {
    return export.servingDefault();
  }

  /** The configuration it was trained by; empty if there was none. */
  public String configuration() {
    return export.configuration();
  }

  /** How the data was read that it was trained on; empty where its export does not tell. */
  public Optional<DataSettings> data() {
    return Optional.ofNullable(export.data());
  }

  /** Values of metrics by name, as they were at its export. */
  public SortedMap<String, Double> metrics() {
    return export.metrics();
  }

  /** What it was exported with: rankline, dl4j, java. */
  public SortedMap<String, String> versions() {
    return versions;
  }

  /** The model with its network, for training on or for looking into it. */
  public RankingModel model() {
    return model;
  }

  /** Its signatures. */
  public Signatures signatures() {
    return new Signatures(this, servingDefault().wireName());
  }

  /**
   * Scores of the items of a list, as it is read by {@link #requests} or {@link #records}, for a
   * model of one task.
   *
   * @return [N], in the order of the items; [N, M] for a loss of M scores an item
   * @throws IllegalArgumentException for values that the model cannot take; names the feature
   * @throws IllegalStateException for a model of several tasks
   */
  public float[] predict(RankingList list) {
    return single(predictTasks(list));
  }

  /**
   * As {@link #predict(RankingList)}, of a serialized ExampleListWithContext.
   *
   * @throws IllegalArgumentException also for bytes that are none, or lack a feature without
   *     default
   */
  public float[] predict(byte[] elwcRecord) {
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
  public float[] predict(
      Map<String, ? extends Object> context, List<? extends Map<String, ? extends Object>> items) {
    return predict(listOf(context, items));
  }

  /** As {@link #predict(RankingList)}, for each task. */
  public SortedMap<String, float[]> predictTasks(RankingList list) {
    return predictAll(List.of(list)).get(0);
  }

  /** As {@link #predict(RankingList)}, for each list and task; all lists are of one layout. */
  public List<SortedMap<String, float[]>> predictAll(List<RankingList> lists) {
    return scorer.scores(lists);
  }

  /**
   * The score of a serialized tf.Example with the features of context and item, a list of one, for
   * a model of one task.
   *
   * @throws IllegalArgumentException as {@link #predict(byte[])}
   * @throws IllegalStateException for a model of several tasks, or of several scores an item
   */
  public float regress(byte[] example) {
    float[] scores = single(predictTasks(listOfExample(example)));
    if (scores.length != 1) {
      throw new IllegalStateException(
          "regress needs one score an item, and the model has " + scores.length);
    }
    return scores[0];
  }

  /** The list of a serialized ExampleListWithContext. */
  public RankingList listOf(byte[] elwcRecord) {
    return elwc.read(elwcRecord);
  }

  /** The list of features by name. */
  public RankingList listOf(
      Map<String, ? extends Object> context, List<? extends Map<String, ? extends Object>> items) {
    return elwc.read(maps.elwc(context, items));
  }

  /** The list of one item of a serialized tf.Example. */
  public RankingList listOfExample(byte[] example) {
    return examples.read(example);
  }

  /** Number of scores that an item has in a task. */
  int outputsOf(String task) {
    TaskLoss loss = model.tasks().get(task);
    return loss == null ? 0 : loss.scoresOfItem();
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
