package io.rankline.io.libsvm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rankline.data.ListSize;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.RecordSpecText;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.RecordInput;
import io.rankline.testing.Fuzzing;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Files of LibSVM lines with bytes changed are read or refused, and cost no more than they are. */
class MutatedLinesTest {

  private static final RecordSpec SPEC =
      RecordSpecText.parse(
          """
          example { "custom_features_{1..9}" { dtype = float32, default = 0 } }
          label { name = utility, dtype = float32, default = -1 }
          """,
          "test");

  @Test
  void aMutatedFileOfLinesIsReadOrRefused() {
    Fuzzing.of("LibSVM files", 0.14, 1 << 20, 1000, CorruptRecordException.class)
        .run(
            seed ->
                new Fuzzing.Subject(
                    lines(seed),
                    mutant -> {
                      try (LibSvmReader reader =
                          new LibSvmReader(
                              new RecordInput(new ByteArrayInputStream(mutant)),
                              "mutant",
                              CorruptRecordPolicy.FAIL,
                              fault -> {})) {
                        LibSvmSpecLists lists = new LibSvmSpecLists(SPEC, ListSize.ALL);
                        for (List<LibSvmItem> items : reader.readQueries().values()) {
                          lists.list(items);
                        }
                      }
                    }));
  }

  private static Supplier<byte[]> lines(long seed) {
    Random random = new Random(seed);
    return () -> {
      StringBuilder text = new StringBuilder();
      for (int line = random.nextInt(6); line >= 0; line--) {
        text.append(random.nextInt(5)).append(" qid:").append(random.nextInt(3));
        for (int id = 1; id < 10; id += 1 + random.nextInt(4)) {
          text.append(' ').append(id).append(':').append((float) random.nextGaussian());
        }
        text.append(random.nextInt(4) == 0 ? " # docid = a\n" : "\n");
      }
      return text.toString().getBytes(UTF_8);
    };
  }
}
