package io.rankline.spark.benchmark;

import io.rankline.data.RankingList;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.io.tfrecord.TfRecordWriter;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/** Files of lists such as a search log gives: 136 floats and a label an item. Always the same. */
final class LogLists {

  static final String SPEC =
      """
      {"example": {"custom_features_{1..136}": {"dtype": "float32", "default": 0}},
       "label": {"name": "utility", "dtype": "float32", "default": -1}}
      """;

  private LogLists() {}

  static RecordSpec spec() {
    return RecordSpecText.parse(SPEC, "benchmark");
  }

  /** Writes the files where the folder does not hold them. */
  static void write(Path folder, int files, long bytes) throws IOException {
    Files.createDirectories(folder);
    ElwcEncoder encoder = new ElwcEncoder(spec());
    for (int f = 0; f < files; f++) {
      Path file = folder.resolve("part-%02d-of-%d-bytes.tfrecord".formatted(f, bytes));
      if (Files.exists(file)) {
        continue;
      }
      SplittableRandom random = new SplittableRandom(f);
      Path unfinished = folder.resolve("_" + file.getFileName());
      try (TfRecordWriter writer =
          new TfRecordWriter(
              new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 18))) {
        for (long written = 0; written < bytes / files; ) {
          byte[] record = encoder.encode(list(random));
          writer.write(record);
          written += record.length;
        }
      }
      Files.move(unfinished, file);
    }
  }

  private static RankingList list(SplittableRandom random) {
    RecordSpec spec = spec();
    int size = 1 + random.nextInt(199);
    float[] features = new float[size * spec.layout().exampleWidth()];
    float[] labels = new float[size];
    for (int i = 0; i < features.length; i++) {
      features[i] = (float) -Math.log(1 - random.nextDouble());
    }
    for (int i = 0; i < size; i++) {
      labels[i] = Math.min(4, random.nextInt(9) * random.nextInt(2));
    }
    return new RankingList(
        spec.layout(),
        size,
        size,
        new float[0],
        features,
        labels,
        new float[0],
        List.of(),
        List.of());
  }
}
