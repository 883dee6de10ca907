package io.rankline.pipeline;

import io.rankline.data.ListBatch;
import io.rankline.data.RankingList;
import io.rankline.data.WeightLayout;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.io.Compression;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Files of small lists that can be told apart: context feature "query" is the list's number. */
public final class NumberedLists {

  /** One context feature, two example features, and a label. */
  public static final RecordSpec SPEC =
      RecordSpec.of(
              Map.of("query", FixedLenFeature.float32(1)),
              Map.of(
                  "item", FixedLenFeature.float32(1).withDefault(0f),
                  "noise", FixedLenFeature.float32(1).withDefault(0f)))
          .withLabels(LabelSpec.of("utility", FixedLenFeature.float32(1).withDefault(-1f)));

  private NumberedLists() {}

  /** The list of that number: of 0 to 5 items, the first of label 1 and the second of label 2. */
  public static RankingList list(int number) {
    SplittableRandom random = new SplittableRandom(number);
    int size = number % 7 == 3 ? 0 : 1 + random.nextInt(5);
    float[] examples = new float[2 * size];
    float[] labels = new float[size];
    for (int i = 0; i < size; i++) {
      examples[2 * i] = i;
      examples[2 * i + 1] = (float) random.nextDouble();
      labels[i] = i < 2 ? i + 1 : 0;
    }
    return new RankingList(
        SPEC.layout(),
        size,
        size,
        new float[] {number},
        examples,
        labels,
        new float[SPEC.layout().weights() == WeightLayout.NONE ? 0 : size],
        List.of(),
        List.of());
  }

  /** Lists from one number up to another. */
  public static List<RankingList> lists(int from, int to) {
    List<RankingList> lists = new ArrayList<>();
    for (int number = from; number < to; number++) {
      lists.add(list(number));
    }
    return lists;
  }

  /** Writes lists under {@link #SPEC} as ELWC, compressed as the name says. */
  public static void write(Path file, List<RankingList> lists) throws IOException {
    ElwcEncoder encoder = new ElwcEncoder(SPEC);
    try (TfRecordWriter writer =
        new TfRecordWriter(
            Compression.ofFileName(file.toString())
                .compress(new BufferedOutputStream(Files.newOutputStream(file))))) {
      for (RankingList list : lists) {
        writer.write(encoder.encode(list));
      }
    }
  }

  /** Writes files of random numbers of lists, some of none; returns how many lists there are. */
  public static int writeShards(Path folder, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int files = 1 + random.nextInt(8);
    int next = 0;
    for (int file = 0; file < files; file++) {
      int count = random.nextInt(4) == 0 ? 0 : random.nextInt(90);
      if (file == files - 1 && next == 0) {
        count = 1 + random.nextInt(90);
      }
      String name = "part-%02d.tfrecord%s".formatted(file, random.nextInt(3) == 0 ? ".gz" : "");
      write(folder.resolve(name), lists(next, next + count));
      next += count;
    }
    return next;
  }

  /** Numbers of the lists of a batch. */
  public static List<Integer> numbers(ListBatch batch) {
    List<Integer> numbers = new ArrayList<>();
    for (float number : batch.context()) {
      numbers.add((int) number);
    }
    return numbers;
  }
}
