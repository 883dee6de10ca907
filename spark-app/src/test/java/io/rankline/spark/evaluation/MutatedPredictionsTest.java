package io.rankline.spark.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.testing.Fuzzing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of predictions with bytes changed are read, or refused with file and line. */
class MutatedPredictionsTest {

  @TempDir Path folder;

  @Test
  void aMutatedFileOfPredictionsIsReadOrRefused() {
    Path file = folder.resolve("run.csv");
    // The parser of lines has buffers, and rooms for the columns of a row.
    Fuzzing.of("predictions", 0.05, 32 << 20, 1000, PredictionFileException.class)
        .run(
            seed ->
                new Fuzzing.Subject(
                    rows(seed),
                    mutant -> {
                      Files.write(file, mutant);
                      PredictionFile.read(file.toString(), PredictionColumns.DEFAULTS);
                    }));
  }

  private static Supplier<byte[]> rows(long seed) {
    Random random = new Random(seed);
    String comma = List.of(",", "\t", ";").get((int) (seed % 3));
    return () -> {
      StringBuilder text = new StringBuilder(String.join(comma, "qid", "label", "score", "weight"));
      for (int row = random.nextInt(8); row >= 0; row--) {
        String query = random.nextInt(5) == 0 ? "\"a \"\"b\"\"\"" : "q" + random.nextInt(3);
        text.append('\n')
            .append(query)
            .append(comma)
            .append(random.nextInt(4) - 1)
            .append(comma)
            .append((float) random.nextGaussian())
            .append(comma)
            .append("1.5");
      }
      return text.append('\n').toString().getBytes(UTF_8);
    };
  }
}
