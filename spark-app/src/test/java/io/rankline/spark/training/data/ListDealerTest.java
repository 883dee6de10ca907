package io.rankline.spark.training.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.DatasetReader;
import io.rankline.model.input.BatchEncoder;
import io.rankline.pipeline.dataset.SimpleDatasetBuilder;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.DatasetHparamsBuilder;
import io.rankline.pipeline.input.shard.DatasetFiles;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Files of unequal sizes, dealt out by real Spark jobs. */
@Tag("spark")
class ListDealerTest {

  private static final int LISTS = 600;

  @TempDir Path folder;
  private JavaSparkContext spark;

  @BeforeEach
  void write() throws IOException {
    spark = JavaSparkContext.fromSparkContext(LocalSpark.session().sparkContext());
    Random random = new Random(9);
    List<StringBuilder> texts = new ArrayList<>();
    for (int file = 0; file < 4; file++) {
      texts.add(new StringBuilder());
    }
    for (int list = 0; list < LISTS; list++) {
      // The first file has three quarters of the lists.
      int file = list < LISTS * 3 / 4 ? 0 : 1 + list % 3;
      int items = 1 + random.nextInt(40);
      for (int item = 0; item < items; item++) {
        texts.get(file).append("%d qid:%d 1:%d%n".formatted(item % 3, list, list));
      }
    }
    for (int file = 0; file < 4; file++) {
      Files.writeString(folder.resolve("train-" + file + ".txt"), texts.get(file));
    }
  }

  @Test
  void everyPartitionHoldsItsPlacesInBandsThatAscend() throws IOException {
    DatasetFiles files = files(DatasetHparams.builder());
    ListDealer dealer = new ListDealer(spark, new Unchanged());
    List<Long> counts = dealer.count(files);
    TrainingOrder order = TrainingOrder.of(LISTS, 3, 12, 120, 4);

    try (DealtLists dealt = dealer.dealForTraining(files, counts, order)) {
      assertThat(dealt.lists()).isEqualTo(LISTS);
      List<List<Band>> partitions = dealt.bands().glom().collect();
      assertThat(partitions).hasSize(3);
      List<Long> numbers = numbersInFileOrder(files);
      for (int worker = 0; worker < 3; worker++) {
        List<Long> held = new ArrayList<>();
        for (Band band : partitions.get(worker)) {
          band.lists().forEach(list -> held.add(NumberedLists.number(list)));
        }
        List<Long> expected = new ArrayList<>();
        long[] listOfPlace = new long[LISTS];
        for (int list = 0; list < LISTS; list++) {
          listOfPlace[(int) order.place(list)] = numbers.get(list);
        }
        for (long place = worker; place < LISTS; place += 3) {
          expected.add(listOfPlace[(int) place]);
        }
        assertThat(held).isEqualTo(expected);
      }
    }
  }

  /**
   * 600 lists of 1 to 40 items over 4 partitions: a partition's sum of 150 lists has a standard
   * deviation of 11.5 * sqrt(150) = 141 around 3075 items, 4.6 %; the largest of four is less than
   * three of these above the mean.
   */
  @Test
  void itemsAreBalancedThoughFilesAreNot() throws IOException {
    DatasetFiles files = files(DatasetHparams.builder());
    ListDealer dealer = new ListDealer(spark, new Unchanged());

    List<Long> counts = dealer.count(files);
    assertThat(counts).containsExactly(450L, 50L, 50L, 50L);
    try (DealtLists dealt =
        dealer.dealForTraining(files, counts, TrainingOrder.of(LISTS, 4, 12, 120, 4))) {
      assertThat(dealt.imbalance()).isBetween(1.0, 1.14);
      assertThat(dealt.sizes()).allMatch(size -> size[0] == LISTS / 4);
    }
  }

  @Test
  void evaluationKeepsNeighboursTogetherInTheirOrder() throws IOException {
    DatasetFiles files = files(DatasetHparams.builder());
    ListDealer dealer = new ListDealer(spark, new Unchanged());

    try (DealtLists dealt = dealer.dealForEvaluation(files, dealer.count(files), 3)) {
      List<Long> held = new ArrayList<>();
      for (List<Band> partition : dealt.bands().glom().collect()) {
        for (Band band : partition) {
          assertThat(band.lists().size()).isLessThanOrEqualTo(12);
          band.lists().forEach(list -> held.add(NumberedLists.number(list)));
        }
      }
      assertThat(held).isEqualTo(numbersInFileOrder(files));
    }
  }

  @Test
  void itemsOfAQueryThatLieInSeveralFilesAreDealtAsOneList() throws IOException {
    Files.writeString(folder.resolve("train-9.txt"), "1 qid:0 1:0\n2 qid:599 1:599\n");
    DatasetFiles files = files(DatasetHparams.builder());
    ListDealer dealer = new ListDealer(spark, new Unchanged());

    List<Long> counts = dealer.count(files);

    // query 0 is of the first file, and 599 of the third other one
    assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(LISTS);
    assertThat(counts).containsExactlyInAnyOrder(500L, 50L, 50L);
    try (DealtLists dealt =
        dealer.dealForTraining(files, counts, TrainingOrder.of(LISTS, 2, 12, 120, 4))) {
      assertThat(dealt.lists()).isEqualTo(LISTS);
    }
  }

  @Test
  void aDamagedLineEndsItWithFileRecordAndByte() throws IOException {
    Path damaged = damage();
    DatasetFiles files = files(DatasetHparams.builder());
    ListDealer dealer = new ListDealer(spark, new Unchanged());

    assertThatThrownBy(
            () ->
                dealer.dealForTraining(
                    files, dealer.count(files), TrainingOrder.of(LISTS, 2, 12, 120, 4)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "file:%s: line \\d+ at byte \\d+: feature '1' must be a number, got 'high\\d+'"
                .formatted(damaged));
  }

  @Test
  void damagedLinesThatAreSkippedAreCounted() throws IOException {
    damage();
    DatasetFiles files = files(DatasetHparams.builder().onCorruptRecord(CorruptRecordPolicy.SKIP));
    ListDealer dealer = new ListDealer(spark, new Unchanged());

    List<Long> counts = dealer.count(files);
    assertThat(counts.stream().mapToLong(Long::longValue).sum()).isEqualTo(LISTS);
    try (DealtLists dealt =
        dealer.dealForTraining(files, counts, TrainingOrder.of(LISTS, 2, 12, 120, 4))) {
      assertThat(dealt.lists()).isEqualTo(LISTS);
      assertThat(dealt.skipped()).isEqualTo(1);
    }
  }

  @Test
  void aFileThatCannotBeReadEndsTheRunThoughDamageIsSkipped() throws IOException {
    Files.write(
        folder.resolve("train-3.txt"), HexFormat.of().parseHex("fd377a585a00" + "00".repeat(4000)));
    DatasetFiles files = files(DatasetHparams.builder().onCorruptRecord(CorruptRecordPolicy.SKIP));
    ListDealer dealer = new ListDealer(spark, new Unchanged());
    List<Long> counts = dealer.count(files);

    assertThatThrownBy(
            () -> dealer.dealForTraining(files, counts, TrainingOrder.of(550, 2, 12, 120, 4)))
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            ".* \\d\\.\\d\\d % of the bytes cannot be read, more than max_corrupt_share = 0.01, as"
                + " file:.*train-3.txt: line 1 at byte 0: is packed with xz, .*");
  }

  /** Puts a word where a number must stand into the third file. */
  private Path damage() throws IOException {
    Path file = folder.resolve("train-2.txt");
    String text = Files.readString(file);
    int at = text.indexOf(" 1:", text.length() / 2);
    Files.writeString(file, text.substring(0, at) + " 1:high" + text.substring(at + 3));
    return file;
  }

  private List<Long> numbersInFileOrder(DatasetFiles files) throws IOException {
    List<Long> numbers = new ArrayList<>();
    for (int file = 0; file < files.files().size(); file++) {
      String last = "";
      for (String line : Files.readAllLines(folder.resolve("train-" + file + ".txt"))) {
        String number = line.substring(line.indexOf(" 1:") + 3);
        if (!number.equals(last)) {
          numbers.add(Long.parseLong(number));
        }
        last = number;
      }
    }
    return numbers;
  }

  private DatasetFiles files(DatasetHparamsBuilder hparams) throws IOException {
    return new SimpleDatasetBuilder(
            Map.of(),
            Map.of("1", FixedLenFeature.float32(1).withDefault(0f)),
            "mask",
            LabelSpec.of("label", FixedLenFeature.float32(1).withDefault(-1f)),
            hparams
                .datasetReader(DatasetReader.LIBSVM)
                .trainInputPattern(folder + "/train-*")
                .validInputPattern(folder + "/train-*")
                .trainBatchSize(12)
                .validBatchSize(12)
                .build())
        .buildTrainDataset()
        .files()
        .orElseThrow();
  }

  /** What is dealt out is what was read. */
  private static final class Unchanged implements BatchEncoder {
    @Override
    public INDArray[] inputs(ListBatch transformed) {
      throw new UnsupportedOperationException("no model is computed here");
    }

    @Override
    public RankingList transform(RankingList raw) {
      return raw;
    }
  }
}
