package io.rankline.spark.ml;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.LocalSpark;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Objects;
import org.assertj.core.util.DoubleComparator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Fitted rankers that earlier releases saved, by {@link OldRankerMaker}. */
@Tag("spark")
class OldRankerTest {

  /** Other processors round the last bits in another way. */
  private static final double FLOAT32_SUM = 1e-5;

  @Test
  void aRankerWithAModelOfVersion2ScoresAsItDid() throws URISyntaxException {
    LocalSpark.session();
    String saved =
        Path.of(
                Objects.requireNonNull(OldRankerTest.class.getResource("/golden/neural-ranker-v2"))
                    .toURI())
            .toString();

    NeuralRankerModel model = NeuralRankerModel.load(saved);

    assertThat(model.transform(Logs.table(1, 11)).select("utility").collectAsList())
        .extracting(row -> row.getDouble(0))
        .usingComparatorForType(new DoubleComparator(FLOAT32_SUM), Double.class)
        .containsExactly(
            0.64982474, -0.02468258, 0.85229635, -0.26378369, -0.14836411, 0.44108710, -0.05899547);
  }
}
