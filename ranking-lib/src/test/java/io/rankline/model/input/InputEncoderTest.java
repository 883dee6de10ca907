package io.rankline.model.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.BytesColumn;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListBatch;
import io.rankline.data.ListBatcher;
import io.rankline.data.ListLayout;
import io.rankline.data.ListSize;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.feature.DType;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.VarLenFeature;
import io.rankline.feature.WeightSpec;
import io.rankline.feature.token.HashBuckets;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.Vocabulary;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.feature.transform.Transform;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.INDArrayIndex;
import org.nd4j.linalg.indexing.NDArrayIndex;

class InputEncoderTest {

  private static final String MASK = "__list_mask__";

  /** One feature of every kind; "x1" and "x2" stand side by side and are encoded as one. */
  private static final RecordSpec SPEC =
      RecordSpec.of(
              Map.of("hour", FixedLenFeature.float32(1), "words", new VarLenFeature(DType.STRING)),
              Map.of(
                  "x1", FixedLenFeature.float32(1),
                  "x2", FixedLenFeature.float32(2),
                  "y", FixedLenFeature.float32(1).withDefault(Float.NaN),
                  "grade", FixedLenFeature.int64(1),
                  "prices", new VarLenFeature(DType.FLOAT32),
                  "shop", new VarLenFeature(DType.INT64),
                  "title", FixedLenFeature.string(2)))
          .withLabels(LabelSpec.of("label", FixedLenFeature.float32(1)))
          .withWeight(WeightSpec.perItem("weight", FixedLenFeature.float32(1)));

  private static final ListLayout LAYOUT = SPEC.layout();

  private static final PreprocessorWithSpec PREPROCESSOR =
      PreprocessorWithSpec.builder()
          .transform("x1", Transform.LOG1P)
          .transform("x2", Transform.LOG1P)
          .transform("y", Transform.clip(-1, 1))
          .defaultValue("y", 0.25f)
          .transform("grade", Transform.oneHot(3))
          .width("prices", 2)
          .defaultValue("prices", -1)
          .embedding("words", Embedding.of(new HashBuckets(50), 4))
          .embedding("shop", Embedding.of(IdentityIndex.of(9), 4).withMaxTokens(2))
          .embedding(
              "title",
              Embedding.of(VocabularyIndex.of(Vocabulary.of("t", List.of("red", "blue"))), 4))
          .build();

  private static final InputEncoder ENCODER =
      new InputEncoder(PREPROCESSOR.encode(RecordSpec.of(SPEC.context(), SPEC.examples())), MASK);

  @Test
  void everyFeatureHasItsColumnsSortedByName() {
    EncodedInputs plan = ENCODER.plan();

    assertThat(plan.exampleColumns())
        .containsExactly(
            new FeatureColumns("grade", 0, 3),
            new FeatureColumns("prices", 3, 2),
            new FeatureColumns("x1", 5, 1),
            new FeatureColumns("x2", 6, 2),
            new FeatureColumns("y", 8, 1));
    assertThat(plan.contextColumns()).containsExactly(new FeatureColumns("hour", 0, 1));
    assertThat(ENCODER.inputNames())
        .containsExactly("example_features", "context_features", "words", "shop", "title", MASK);
  }

  @Test
  void aTransformWithinTheQueryIsTheSameInAListAndInABatchOfLists() {
    RecordSpec spec =
        RecordSpec.of(
            Map.of(), Map.of("a", FixedLenFeature.float32(1), "b", FixedLenFeature.float32(2)));
    InputEncoder encoder =
        new InputEncoder(
            PreprocessorWithSpec.builder()
                .transform("a", Transform.LOG1P, Transform.QUERY_Z_SCORE)
                .transform("b", Transform.QUERY_RANK)
                .build()
                .encode(spec),
            MASK);
    SplittableRandom random = new SplittableRandom(9);
    List<RankingList> lists = new ArrayList<>();
    for (int size : new int[] {5, 1, 0, 7}) {
      float[] values = new float[size * 3];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(4);
      }
      lists.add(
          new RankingList(
              spec.layout(),
              size,
              size,
              new float[0],
              values,
              new float[0],
              new float[0],
              List.of(),
              List.of()));
    }

    ListBatch batch = encoder.transform(new ListBatcher(ListSize.ALL).batch(lists));

    assertThat(encoder.plan().looksAtLists()).isTrue();
    assertThat(encoder.plan().exampleWidth()).isEqualTo(6);
    for (int q = 0; q < lists.size(); q++) {
      float[] alone = encoder.transform(lists.get(q)).examples();
      float[] together = Arrays.copyOfRange(batch.examples(), q * 7 * 6, q * 7 * 6 + alone.length);
      assertThat(together).isEqualTo(alone);
    }
  }

  @Test
  void aListIsEncodedFeatureByFeature() {
    RankingList list =
        list(
            7,
            List.of("how"),
            new float[][] {
              {0, (float) Math.expm1(1), -(float) Math.expm1(2), 5}, {0, 0, 0, Float.NaN}
            },
            new long[] {2, 0},
            new float[][] {{3}, {4, 5}},
            new long[][] {{8, 7, 6}, {}},
            new String[][] {{"blue", "green"}, {"red", "red"}});

    RankingList encoded = ENCODER.transform(list);

    assertThat(encoded.context()).containsExactly(7);
    assertThat(encoded.examples())
        .containsExactly(0, 0, 1, 3, -1, 0, 1, -2, 1, 1, 0, 0, 4, 5, 0, 0, 0, 0.25f);
    assertThat(encoded.labels()).isSameAs(list.labels());
    assertThat(encoded.weights()).isSameAs(list.weights());
    assertThat(ids(encoded.exampleColumns().get(0), 0)).containsExactly(8, 7);
    assertThat(ids(encoded.exampleColumns().get(0), 1)).isEmpty();
    assertThat(ids(encoded.exampleColumns().get(1), 0)).containsExactly(1);
    assertThat(ids(encoded.exampleColumns().get(1), 1)).containsExactly(0, 0);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void listsAndBatchesAreEncodedToTheSameBits(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    List<RankingList> lists = new ArrayList<>();
    for (int q = 0; q < 1 + random.nextInt(5); q++) {
      lists.add(random(random, random.nextInt(6)));
    }
    int size = random.nextInt(2) == 0 ? 0 : 1 + random.nextInt(7);
    ListBatcher batcher = new ListBatcher(new ListSize(size));
    ListBatch raw = batcher.batch(lists);

    INDArray[] late = ENCODER.encode(raw);
    INDArray[] early =
        travelled(ENCODER).inputs(batcher.batch(lists.stream().map(ENCODER::transform).toList()));

    assertThat(early).hasSameSizeAs(ENCODER.inputNames()).hasSameSizeAs(late);
    for (int k = 0; k < late.length; k++) {
      assertThat(early[k].dataType()).isEqualTo(k >= 2 && k < 5 ? DataType.INT32 : DataType.FLOAT);
      assertThat(early[k]).as(ENCODER.inputNames().get(k)).isEqualTo(late[k]);
    }
    for (ValueColumn column : ENCODER.transform(raw).exampleColumns()) {
      assertThat(column.rows()).isEqualTo(raw.mask().length);
      assertThat(column.offsets()).isSorted();
    }
    long b = raw.batchSize();
    long l = raw.listSize();
    assertThat(late[0].shape()).containsExactly(b, l, 9);
    assertThat(late[1].shape()).containsExactly(b, 1);
    assertThat(late[5].sumNumber().intValue()).isEqualTo(raw.validItems());
  }

  @Test
  void neighboursWithOtherTransformsOrDefaultsAreKeptApart() {
    InputEncoder neighbours =
        encoder(
            PreprocessorWithSpec.builder()
                .transform("a", Transform.clip(-1, 1))
                .transform("b", Transform.clip(-2, 2))
                .transform("c", Transform.clip(-2, 2))
                .defaultValue("c", 0.5f)
                .defaultValue("d", 0.5f)
                .build(),
            Map.of(
                "a", FixedLenFeature.float32(1),
                "b", FixedLenFeature.float32(1),
                "c", FixedLenFeature.float32(1),
                "d", FixedLenFeature.float32(1)));

    assertThat(neighbours.transform(dense(neighbours, 1, 9, 9, Float.NaN, 9)).examples())
        .containsExactly(1, 2, 0.5f, 9);
  }

  @Test
  void paddingIsZeroAndHasNoToken() {
    RankingList one = random(new SplittableRandom(1), 1);

    INDArray[] inputs = ENCODER.encode(new ListBatcher(new ListSize(3)).batch(List.of(one)));

    assertThat(inputs[0].get(point(0), point(1)).toFloatVector()).containsOnly(0);
    assertThat(inputs[4].get(point(0), point(2)).toIntVector()).containsOnly(-1);
    assertThat(inputs[5].toFloatMatrix()).isDeepEqualTo(new float[][] {{1, 0, 0}});
  }

  @Test
  void aMissingValueWithoutDefaultIsAnErrorByName() {
    InputEncoder strict =
        encoder(
            PreprocessorWithSpec.forAll(List.of("a", "b", "c"), Transform.LOG1P),
            Map.of(
                "a", FixedLenFeature.float32(2),
                "b", FixedLenFeature.float32(1),
                "c", FixedLenFeature.float32(1)));
    RankingList list = dense(strict, 2, 1, 2, 3, 4, 5, 6, Float.NaN, 8);

    assertThatThrownBy(() -> strict.transform(list))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("feature 'b' is missing (NaN) in row 1; give it a default value");
  }

  @Test
  void anInfiniteValueIsAnErrorByName() {
    InputEncoder plain =
        encoder(PreprocessorWithSpec.builder().build(), Map.of("a", FixedLenFeature.float32(1)));

    assertThatThrownBy(() -> plain.transform(dense(plain, 1, Float.POSITIVE_INFINITY)))
        .hasMessage("feature 'a' must be finite for the model, got Infinity in row 0");
  }

  @Test
  void aValueThatATransformRefusesIsAnErrorByName() {
    InputEncoder oneHot =
        encoder(
            PreprocessorWithSpec.forAll(List.of("a"), Transform.oneHot(2)),
            Map.of("a", FixedLenFeature.float32(1)));

    assertThatThrownBy(() -> oneHot.transform(dense(oneHot, 1, 2)))
        .hasMessage("feature 'a': one_hot of depth 2 takes whole numbers from 0 to 1, got 2.0");
  }

  @Test
  void aTokenOutOfRangeIsAnErrorByName() {
    RankingList list =
        list(
            7,
            List.of(),
            new float[][] {{0, 0, 0, 0}},
            new long[] {0},
            new float[][] {{}},
            new long[][] {{9}},
            new String[][] {{"red", "red"}});

    assertThatThrownBy(() -> ENCODER.transform(list))
        .hasMessage("feature 'shop': id must be from 0 to 8, got 9");
  }

  @Test
  void aFeatureThatTheDataLacksIsAnErrorByName() {
    InputEncoder plain =
        encoder(
            PreprocessorWithSpec.builder().build(), Map.of("price", FixedLenFeature.float32(1)));
    RankingList other =
        dense(
            encoder(
                PreprocessorWithSpec.builder().build(),
                Map.of("prize", FixedLenFeature.float32(1))),
            1,
            2);

    assertThatThrownBy(() -> plain.transform(other))
        .hasMessage("feature 'price' is not in the data; the nearest there is 'prize'");
  }

  @Test
  void aBatchThatWasNotTransformedIsRefused() {
    ListBatch raw =
        new ListBatcher(ListSize.ALL).batch(List.of(random(new SplittableRandom(1), 2)));

    assertThatThrownBy(() -> ENCODER.inputs(raw))
        .hasMessage("the batch has other columns than the model reads; transform its lists first");
  }

  private static InputEncoder encoder(
      PreprocessorWithSpec preprocessor, Map<String, FixedLenFeature> examples) {
    return new InputEncoder(preprocessor.encode(RecordSpec.of(Map.of(), examples)), MASK);
  }

  private static RankingList dense(InputEncoder encoder, int items, float... values) {
    return new RankingList(
        encoder.plan().inputs().layout(),
        items,
        items,
        new float[0],
        values,
        new float[0],
        new float[0],
        List.of(),
        List.of());
  }

  private static InputEncoder travelled(InputEncoder encoder)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(encoder);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (InputEncoder) in.readObject();
    }
  }

  private static INDArrayIndex point(long i) {
    return NDArrayIndex.point(i);
  }

  private static long[] ids(ValueColumn column, int row) {
    long[] values = ((LongColumn) column).values();
    return Arrays.copyOfRange(values, column.start(row), column.end(row));
  }

  private static RankingList random(SplittableRandom random, int items) {
    String[] colours = {"red", "blue", "green", ""};
    float[][] dense = new float[items][4];
    long[] grades = random.longs(items, 0, 3).toArray();
    float[][] prices = new float[items][];
    long[][] shops = new long[items][];
    String[][] titles = new String[items][2];
    for (int i = 0; i < items; i++) {
      for (int f = 0; f < 4; f++) {
        dense[i][f] = (float) (random.nextDouble() * 2000 - 1000);
      }
      dense[i][3] = random.nextInt(3) == 0 ? Float.NaN : dense[i][3];
      prices[i] = new float[random.nextInt(3)];
      shops[i] = random.longs(random.nextInt(5), 0, 9).toArray();
      titles[i][0] = colours[random.nextInt(4)];
      titles[i][1] = colours[random.nextInt(4)];
    }
    return list(
        random.nextInt(24),
        List.of("w" + random.nextInt(5)).subList(0, random.nextInt(2)),
        dense,
        grades,
        prices,
        shops,
        titles);
  }

  private static RankingList list(
      float hour,
      List<String> words,
      float[][] dense,
      long[] grades,
      float[][] prices,
      long[][] shops,
      String[][] titles) {
    int n = grades.length;
    float[] examples = new float[4 * n];
    List<Float> allPrices = new ArrayList<>();
    List<Long> allShops = new ArrayList<>();
    List<String> allTitles = new ArrayList<>();
    int[][] offsets = new int[4][n + 1];
    for (int i = 0; i < n; i++) {
      System.arraycopy(dense[i], 0, examples, 4 * i, 4);
      for (float price : prices[i]) {
        allPrices.add(price);
      }
      for (long shop : shops[i]) {
        allShops.add(shop);
      }
      allTitles.addAll(List.of(titles[i]));
      offsets[0][i + 1] = i + 1;
      offsets[1][i + 1] = allPrices.size();
      offsets[2][i + 1] = allShops.size();
      offsets[3][i + 1] = allTitles.size();
    }
    float[] priceValues = new float[allPrices.size()];
    for (int v = 0; v < priceValues.length; v++) {
      priceValues[v] = allPrices.get(v);
    }
    BytesColumn titleValues = BytesColumn.ofRow(allTitles);
    return new RankingList(
        LAYOUT,
        n,
        n,
        new float[] {hour},
        examples,
        new float[n],
        new float[n],
        List.of(BytesColumn.ofRow(words)),
        List.of(
            new LongColumn(grades, offsets[0]),
            new FloatColumn(priceValues, offsets[1]),
            new LongColumn(allShops.stream().mapToLong(Long::longValue).toArray(), offsets[2]),
            new BytesColumn(titleValues.bytes(), titleValues.ends(), offsets[3])));
  }
}
