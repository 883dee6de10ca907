package io.rankline.serving;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.model.ListScorer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An exported model called the way TensorFlow Serving calls one: by the key of a signature, with
 * serialized records.
 *
 * <p>Outputs go by {@code outputs} for a model of one task, and by the names of its tasks
 * otherwise.
 */
public final class Signatures {

  /** The name of a single output. */
  public static final String OUTPUTS = "outputs";

  private final RankingScorer model;
  private final SignatureName servingDefault;
  private final ListScorer scorer;

  /**
   * The signatures of a model.
   *
   * @param servingDefault what {@code serving_default} is: {@code regress} or {@code predict}
   * @throws IllegalArgumentException for another value, or one that the model has no answer to
   */
  public Signatures(RankingScorer model, String servingDefault) {
    this(model, servingDefault, model::predictAll);
  }

  Signatures(RankingScorer model, String servingDefault, ListScorer scorer) {
    this.model = model;
    this.scorer = scorer;
    this.servingDefault = SignatureName.ofWireName(servingDefault);
    if (this.servingDefault == SignatureName.REGRESS) {
      requireSingleItems();
    }
  }

  /** What each key leads to; regress is there for models with scores for single items. */
  public SortedMap<String, SignatureName> keys() {
    SortedMap<String, SignatureName> keys = new TreeMap<>();
    for (SignatureName name : SignatureName.values()) {
      if (name != SignatureName.REGRESS || model.scoresSingleItems()) {
        keys.put(name.key(), name);
      }
    }
    keys.put(SignatureName.SERVING_DEFAULT, servingDefault);
    return Collections.unmodifiableSortedMap(keys);
  }

  /**
   * The signature of a key.
   *
   * @throws IllegalArgumentException for an unknown key; the message lists the known ones
   */
  public SignatureName ofKey(String key) {
    SignatureName name = keys().get(key);
    if (name == null) {
      if (key.equals(SignatureName.REGRESS.key())) {
        requireSingleItems();
      }
      throw new IllegalArgumentException(
          "unknown signature '%s'; expected one of %s"
              .formatted(key, String.join(", ", keys().keySet())));
    }
    return name;
  }

  /**
   * Scores of serialized ExampleListWithContext.
   *
   * @return by output, [n, L]: L is the longest list of the request, and padding is ln(1e-10). A
   *     loss of M scores an item gives M values an item
   * @throws IllegalArgumentException if one cannot be read; says which
   */
  public SortedMap<String, float[][]> predict(List<byte[]> records) {
    return predictWindows(records.stream().map(ByteBuffer::wrap).toList());
  }

  /**
   * As {@link #predict}, of records that are parts of arrays.
   *
   * @param records buffers on the heap, from position to limit; their positions stay
   */
  public SortedMap<String, float[][]> predictWindows(List<ByteBuffer> records) {
    List<RankingList> lists = read(records, model::listOf);
    SortedMap<String, float[][]> outputs = new TreeMap<>();
    List<SortedMap<String, float[]>> scores = scorer.scores(lists);
    for (String task : model.tasks()) {
      float[][] rows = new float[lists.size()][];
      int longest = 0;
      for (int q = 0; q < rows.length; q++) {
        rows[q] = scoresOf(scores.get(q), task);
        longest = Math.max(longest, rows[q].length);
      }
      for (int q = 0; q < rows.length; q++) {
        int size = rows[q].length;
        rows[q] = Arrays.copyOf(rows[q], longest);
        Arrays.fill(rows[q], size, longest, (float) ListBatch.PADDING_SCORE);
      }
      outputs.put(outputName(task), rows);
    }
    return outputs;
  }

  /**
   * Scores of serialized tf.Example, each with the features of context and item.
   *
   * @return by output, [n]; [n, M] for a loss of M scores an item
   * @throws IllegalArgumentException if one cannot be read; says which. Also for a model that has
   *     no scores for single items
   */
  public SortedMap<String, float[]> regress(List<byte[]> examples) {
    return regressWindows(examples.stream().map(ByteBuffer::wrap).toList());
  }

  /** As {@link #regress}, of examples as in {@link #predictWindows}. */
  public SortedMap<String, float[]> regressWindows(List<ByteBuffer> examples) {
    requireSingleItems();
    List<SortedMap<String, float[]>> scores = scorer.scores(read(examples, model::listOfExample));
    SortedMap<String, float[]> outputs = new TreeMap<>();
    for (String task : model.tasks()) {
      int each = model.outputsOf(task);
      float[] values = new float[examples.size() * each];
      for (int i = 0; i < examples.size(); i++) {
        System.arraycopy(scoresOf(scores.get(i), task), 0, values, i * each, each);
      }
      outputs.put(outputName(task), values);
    }
    return outputs;
  }

  /** The names of its outputs, sorted. */
  public SortedSet<String> outputs() {
    return model.tasks().stream()
        .map(this::outputName)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void requireSingleItems() {
    if (!model.scoresSingleItems()) {
      throw new IllegalArgumentException(RankingScorer.NEEDS_LISTS);
    }
  }

  private String outputName(String task) {
    return model.tasks().size() == 1 ? OUTPUTS : task;
  }

  private static float[] scoresOf(SortedMap<String, float[]> scores, String task) {
    float[] found = scores.get(task);
    if (found == null) {
      throw new IllegalStateException("no scores for task '%s'".formatted(task));
    }
    return found;
  }

  private static List<RankingList> read(
      List<ByteBuffer> records, Function<ByteBuffer, RankingList> reader) {
    List<RankingList> lists = new ArrayList<>(records.size());
    for (int i = 0; i < records.size(); i++) {
      try {
        lists.add(reader.apply(records.get(i)));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("input %s: %s".formatted(i, e.getMessage()), e);
      }
    }
    return lists;
  }
}
