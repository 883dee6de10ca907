package io.rankline.serving;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.data.ListSize;
import io.rankline.io.DatasetReader;
import io.rankline.io.QueriesAcrossFiles;
import io.rankline.io.record.RecordFormat;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Models of every format that was ever written load and score as they did. */
class OldModelTest {

  /** Other processors round the last bits in another way. */
  private static final float FLOAT32_SUM = 1e-5f;

  @Test
  void aModelOfVersion1ScoresAsItDid() throws IOException, URISyntaxException {
    SavedRankingModel model = SavedRankingModel.load(golden("model-v1"));

    assertThat(model.data()).isEmpty();
    assertThatItIsTheShop(model);
  }

  @Test
  void aModelOfVersion2ScoresAsItDidAndTellsHowItsDataWasRead()
      throws IOException, URISyntaxException {
    SavedRankingModel model = SavedRankingModel.load(golden("model-v2"));

    assertThat(model.data())
        .contains(
            new DataSettings(
                DatasetReader.LIBSVM,
                RecordFormat.ELWC,
                QueriesAcrossFiles.JOIN,
                false,
                new ListSize(40),
                ListSize.ALL,
                true));
    assertThatItIsTheShop(model);
  }

  private static void assertThatItIsTheShop(SavedRankingModel model) {
    float[] scores =
        model.predict(
            Map.of("hour", 7, "query", List.of("red", "shoe")),
            List.of(
                Map.of("price", 10, "clicks", 2, "title", List.of("green", "unknown")),
                Map.of("price", 0.5, "vector", Collections.nCopies(40, 2.0)),
                Map.of("price", 100, "clicks", 19, "title", "größe")));

    assertThat(model.name()).isEqualTo("shop");
    assertThat(model.records()).isEqualTo(ServedModels.RECORDS);
    assertThat(model.servingDefault()).isEqualTo(SignatureName.PREDICT);
    assertThat(model.configuration()).isEqualTo("model { name = shop }");
    assertThat(model.metrics()).containsEntry("val_metric/ndcg_5", 0.75);
    assertThat(scores)
        .usingComparatorWithPrecision(FLOAT32_SUM)
        .containsExactly(3.0348327f, 1.2305837f, 8.710572f);
  }

  private static String golden(String name) throws URISyntaxException {
    return Path.of(
            Objects.requireNonNull(OldModelTest.class.getResource("/golden/" + name)).toURI())
        .toString();
  }
}
