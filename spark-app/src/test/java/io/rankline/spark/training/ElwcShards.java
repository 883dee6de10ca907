package io.rankline.spark.training;

import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.pipeline.hparams.DatasetHparams;
import io.rankline.pipeline.hparams.DatasetHparamsBuilder;
import io.rankline.spark.testing.RecordFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** ELWC files of made-up lists in a folder, some of them damaged. */
final class ElwcShards {

  /** Length and its checksum before a record, and the checksum of the data after it. */
  private static final int HEADER = 12;

  private static final int FOOTER = 4;

  private final List<List<ExampleListWithContext>> shards = new ArrayList<>();

  /** Shards of so many lists each; nothing is written yet. */
  ElwcShards(int shards, int lists, long seed) {
    Random random = new Random(seed);
    for (int k = 0; k < shards; k++) {
      List<ExampleListWithContext> shard = new ArrayList<>();
      for (int list = 0; list < lists; list++) {
        shard.add(record(random));
      }
      this.shards.add(shard);
    }
  }

  /** Leaves a record out. */
  ElwcShards without(int shard, int record) {
    shards.get(shard).remove(record);
    return this;
  }

  /** Writes the shards, and a data set to validate with. */
  ElwcShards write(Path folder) {
    for (int k = 0; k < shards.size(); k++) {
      RecordFile.write(
          folder.resolve(name(k)), shards.get(k).toArray(ExampleListWithContext[]::new));
    }
    RecordFile.write(
        folder.resolve("valid.tfrecord"),
        shards.get(shards.size() - 1).toArray(ExampleListWithContext[]::new));
    return this;
  }

  /** Turns a byte in the middle of a record's data around. */
  void flip(Path folder, int shard, int record) throws IOException {
    Path file = folder.resolve(name(shard));
    byte[] bytes = Files.readAllBytes(file);
    int at = (int) offset(shard, record) + HEADER + size(shard, record) / 2;
    bytes[at] = (byte) ~bytes[at];
    Files.write(file, bytes);
  }

  /** Ends the file in the middle of a record. */
  void truncate(Path folder, int shard, int record) throws IOException {
    Path file = folder.resolve(name(shard));
    int end = (int) offset(shard, record) + HEADER + size(shard, record) / 2;
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), end));
  }

  /** Byte that the frame of a record begins at. */
  long offset(int shard, int record) {
    long offset = 0;
    for (int k = 0; k < record; k++) {
      offset += HEADER + size(shard, k) + FOOTER;
    }
    return offset;
  }

  /** Bytes of a record without its frame. */
  int size(int shard, int record) {
    return shards.get(shard).get(record).getSerializedSize();
  }

  static String name(int shard) {
    return "train-" + shard + ".tfrecord";
  }

  static DatasetHparamsBuilder dataset(Path folder) {
    return DatasetHparams.builder()
        .trainInputPattern(folder + "/train-*")
        .validInputPattern(folder + "/valid*")
        .trainBatchSize(16)
        .validBatchSize(8);
  }

  private static ExampleListWithContext record(Random random) {
    Example[] items = new Example[1 + random.nextInt(9)];
    for (int i = 0; i < items.length; i++) {
      float[] x = new float[TrainingFiles.FEATURES];
      for (int f = 0; f < x.length; f++) {
        x[f] = random.nextFloat() * 2 - 1;
      }
      items[i] =
          RecordFile.example(
              "1", RecordFile.floats(x[0]),
              "2", RecordFile.floats(x[1]),
              "3", RecordFile.floats(x[2]),
              "4", RecordFile.floats(x[3]),
              "label", RecordFile.floats(Math.max(0, Math.round(2 + 2 * x[0] - x[1]))));
    }
    return RecordFile.elwc(Example.getDefaultInstance(), items);
  }
}
