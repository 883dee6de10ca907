package io.rankline.spark.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.testing.Fuzzing;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV with bytes changed is converted, or refused in one line without the name of an exception. */
@Tag("spark")
class MutatedTablesTest {

  private static final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String words) {
      super(words);
    }
  }

  @TempDir Path folder;

  @Test
  void aMutatedTableIsConvertedOrRefused() {
    Path file = folder.resolve("items.csv");
    // What a job of Spark's costs on the thread that starts it; it takes up to a second.
    Fuzzing.of("CSV tables", 0.0001, 256 << 20, 0, Refused.class)
        .inSubjectsOf(25)
        .run(
            seed ->
                new Fuzzing.Subject(
                    rows(seed),
                    mutant -> {
                      Files.write(file, mutant);
                      CommandRun run =
                          CommandRun.of(
                              "convert",
                              "--from",
                              "csv",
                              "--to",
                              "elwc",
                              "--input",
                              file,
                              "--output",
                              folder.resolve("elwc"),
                              "--overwrite");
                      if (run.status() != 0) {
                        assertThat(run.err())
                            .startsWith("rankline: ")
                            .doesNotStartWith("rankline: null")
                            .doesNotContain("Exception", "java.");
                        throw new Refused(run.err());
                      }
                    }));
  }

  private static Supplier<byte[]> rows(long seed) {
    Random random = new Random(seed);
    return () -> {
      StringBuilder text = new StringBuilder("qid,title,price,rating,utility\n");
      for (int row = 2 + random.nextInt(6); row >= 0; row--) {
        text.append(random.nextInt(3))
            .append(random.nextInt(4) == 0 ? ",\"a, \"\"b\"\"\"," : ",shoe,")
            .append((float) random.nextGaussian())
            .append(',')
            .append(random.nextInt(3) == 0 ? "" : String.valueOf(random.nextInt(9)))
            .append(',')
            .append(random.nextInt(3))
            .append('\n');
      }
      return text.toString().getBytes(UTF_8);
    };
  }
}
