package io.rankline.server.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.io.Storage;
import io.rankline.server.model.ModelChoice;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.ServedModels;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import io.rankline.server.testing.ShopModel;
import io.rankline.testing.Fuzzing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bodies that were changed at random: an answer or a documented fault, in time and in memory. */
class MutatedBodiesTest {

  private static final Set<StatusCode> FAULTS =
      Set.of(StatusCode.INVALID_ARGUMENT, StatusCode.FAILED_PRECONDITION);

  @Test
  void aMutatedBodyIsAnsweredOrRefused(@TempDir Path base) throws IOException {
    ShopModel.export(base.resolve("shop"), "1", 1);
    ShopModel.exportGam(base.resolve("gam"), "1");
    try (ServedModels models =
        new ServedModels(
            Storage.ofClassPath(),
            () ->
                List.of(
                    ModelSettings.latest("shop", base.resolve("shop").toString()),
                    ModelSettings.latest("gam", base.resolve("gam").toString())))) {
      models.pollVersions();
      RestApi api = new RestApi(models, new RestLimits(10_000, 100_000));
      for (String verb : List.of("predict", "regress", "rank", "explain")) {
        RestPath path =
            new RestPath(ModelChoice.latest(verb.equals("explain") ? "gam" : "shop"), verb);
        Fuzzing.of("bodies of " + verb, 0.03, 4 << 20, 4000, RequestFault.class)
            .run(
                seed -> {
                  Random random = new Random(seed);
                  return new Fuzzing.Subject(
                      () -> body(verb, random), mutant -> answer(api, path, mutant));
                });
      }
    }
  }

  private static void answer(RestApi api, RestPath path, byte[] mutant) throws RequestFault {
    RestAnswer answer = api.answer(path, mutant);
    if (answer.code() != StatusCode.OK) {
      assertThat(FAULTS).contains(answer.code());
      throw new RequestFault(answer.code(), new String(answer.body(), StandardCharsets.UTF_8));
    }
  }

  private static byte[] body(String verb, Random random) {
    float price = random.nextInt(100) / 4f;
    String text =
        switch (verb) {
          case "predict" ->
              random.nextBoolean()
                  ? "{\"signature_name\": \"tensorflow/serving/predict\", \"instances\": [%s, %s]}"
                      .formatted(ShopModel.b64(price, 1), ShopModel.b64(price))
                  : "{\"signature_name\": \"tensorflow/serving/predict\", \"inputs\": [%s]}"
                      .formatted(ShopModel.b64(price, 2));
          case "regress" ->
              "{\"context\": {\"hour\": 3.5}, \"examples\": [{\"price\": %s, \"clicks\": [1]}, {\"price\":"
                      .formatted(price)
                  + " [2.5], \"x\": \"\\u00e4\", \"y\": {\"b64\": \"YQ==\"}}]}";
          default ->
              "{\"items\": [{\"price\": %s, \"clicks\": 4}, {\"price\": 2}, {\"price\": [1e1]}]}"
                  .formatted(price);
        };
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
