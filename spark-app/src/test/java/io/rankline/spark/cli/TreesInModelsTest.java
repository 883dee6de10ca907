package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.LabelSpec;
import io.rankline.feature.RecordSpec;
import io.rankline.frozen.step.TreeCode;
import io.rankline.io.Storage;
import io.rankline.model.ModelBuilder;
import io.rankline.model.RankingModel;
import io.rankline.model.TrainingSettings;
import io.rankline.model.input.FeatureSpecInputCreator;
import io.rankline.model.input.PreprocessorWithSpec;
import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.model.scorer.LambdaMartScorer.Growing;
import io.rankline.serving.ModelExport;
import io.rankline.serving.RankingScorer;
import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.scoring.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Trees alone, as a member, as a base, and as the base of a member: what a user does with them once
 * they are trained.
 */
@Tag("spark")
class TreesInModelsTest {

  private static final int QUERIES = 60;
  private static final RecordSpec FEATURES =
      RecordSpec.of(
          Map.of(),
          Map.of("price", FixedLenFeature.float32(1), "stock", FixedLenFeature.float32(1)));

  @TempDir static Path shop;

  @TempDir Path folder;

  @BeforeAll
  static void makeModels() throws IOException {
    Path items = Files.writeString(shop.resolve("items.csv"), log());
    command(
        "convert",
        "--from",
        "csv",
        "--to",
        "elwc",
        "--input",
        items,
        "--output",
        shop.resolve("lists"),
        "--query-column",
        "query",
        "--label-column",
        "grade");
    SavedRankingModel.save(
        Storage.ofClassPath().folder(shop.resolve("trees").toString()),
        ModelExport.builder(
                trees(),
                FEATURES.withLabels(
                    LabelSpec.of("grade", FixedLenFeature.int64(1).withDefault(-1L))))
            .build());
    train("network", "null");
    train("corrected", "{ model = \"%s\" }".formatted(shop.resolve("trees")));
    ensemble("both", "trees", "network/export/latest_model");
    ensemble("all", "corrected/export/latest_model", "trees");
  }

  @ParameterizedTest
  @ValueSource(strings = {"trees", "corrected/export/latest_model", "both", "all"})
  void itemsOfATableAreScoredAsTheExportScoresThem(String name) throws IOException {
    Path items =
        Files.writeString(
            folder.resolve("new.csv"),
            "query,product,price,stock\na,1,0.1,5\nb,2,0.5,1\na,3,0.9,0\na,4,0.4,2\n");

    command(
        "score",
        "--model",
        shop.resolve(name),
        "--data",
        items,
        "--output",
        folder.resolve("scores"),
        "--query-column",
        "query",
        "--item-column",
        "product",
        "--to",
        "csv");

    RankingScorer model = RankingScorer.load(shop.resolve(name));
    float[] ofA = model.predict(Map.of(), List.of(item(0.1, 5), item(0.9, 0), item(0.4, 2)));
    float[] ofB = model.predict(Map.of(), List.of(item(0.5, 1)));
    assertThat(scores(folder.resolve("scores")))
        .isEqualTo(Map.of("1", ofA[0], "3", ofA[1], "4", ofA[2], "2", ofB[0]));
    assertThat(ofA[0]).isNotEqualTo(ofA[1]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"trees", "corrected/export/latest_model", "both", "all"})
  void theFilesTravelToExecutorsAndAreTheSameModelThere(String name) throws IOException {
    ModelFiles files = ModelFiles.read(Storage.ofClassPath().folder(shop.resolve(name).toString()));
    List<Map<String, Float>> items = List.of(item(0.1, 5), item(0.9, 0), item(0.4, 2));

    assertThat(files.load().predict(Map.of(), items))
        .isEqualTo(RankingScorer.load(shop.resolve(name)).predict(Map.of(), items));
    assertThat(files.files().keySet())
        .allMatch(file -> Files.exists(shop.resolve(name).resolve(file)));
    try (Stream<Path> written = Files.walk(shop.resolve(name))) {
      assertThat(files.files()).hasSize((int) written.filter(Files::isRegularFile).count());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"trees", "corrected/export/latest_model", "both", "all"})
  void aCandidateIsPromotedWithAllOfItAndServesAsItDid(String name) throws IOException {
    Path serving = folder.resolve("serving");
    assertThat(promote("network/export/latest_model", serving).status()).isZero();

    CommandRun better = promote(name, serving);

    assertThat(better.status()).as(better.out() + better.err()).isZero();
    assertThat(better.out()).endsWith("promoted to %s/2%n".formatted(serving));
    List<Map<String, Float>> items = List.of(item(0.1, 5), item(0.9, 0), item(0.4, 2));
    assertThat(RankingScorer.load(serving.resolve("2")).predict(Map.of(), items))
        .isEqualTo(RankingScorer.load(shop.resolve(name)).predict(Map.of(), items));
    CommandRun back = CommandRun.of("promote", "--serving", serving, "--rollback");
    assertThat(back.out()).isEqualTo("version 1 serves again%n".formatted());
  }

  @Test
  void theNetworkOnTreesIsEvaluatedExportedAgainAndRefusedForEngines() throws IOException {
    Path corrected = shop.resolve("corrected/export/latest_model");
    CommandRun evaluated =
        command(
            "evaluate",
            "--model",
            shop.resolve("network/export/latest_model"),
            "--model",
            corrected,
            "--data",
            shop.resolve("lists"));
    assertThat(evaluated.out()).contains("B = %s: 60 queries".formatted(corrected));

    command("export", "--model-dir", corrected, "--output", folder.resolve("again"));
    List<Map<String, Float>> items = List.of(item(0.1, 5), item(0.9, 0), item(0.4, 2));
    assertThat(RankingScorer.load(folder.resolve("again")).predict(Map.of(), items))
        .isEqualTo(RankingScorer.load(corrected).predict(Map.of(), items));

    for (String engine : List.of("tensorflow", "onnx", "solr")) {
      assertThat(
              CommandRun.of(
                      "export",
                      "--model-dir",
                      corrected,
                      "--output",
                      folder.resolve(engine),
                      "--format",
                      engine)
                  .err())
          .contains(
              "'shop' adds to the scores of a base, 'trees', and its layers are not all of it;"
                  + " serve it with rankline serve");
    }
  }

  @Test
  void whatCannotHaveABaseIsToldInALine() throws IOException {
    Path run = configuration("refused", "{ model = \"%s\" }".formatted(shop.resolve("trees")));

    assertThat(refused(run, "model.scorer=null", "model.scorer.type=lambdamart"))
        .contains(
            "pipeline.base must be left out for scorer lambdamart, whose trees grow from nothing;"
                + " it can be the base of a network");
    assertThat(refused(run, "pipeline.teacher.model=" + shop.resolve("trees")))
        .contains(
            "pipeline.base must be left out with a teacher: what a network adds to it is"
                + " learned by labels");
    assertThat(refused(run, "pipeline.base.model=" + shop.resolve("nowhere")))
        .contains(
            "base: %s holds no exported model: there is no ranking_model.json"
                .formatted(shop.resolve("nowhere")));
    assertThat(refused(run, "pipeline.base.column=price")).contains("pipeline.base.column");
    assertThat(refused(run, "data.features.example.price.dtype=int64"))
        .contains(
            "base: the base %s reads the item feature 'price'".formatted(shop.resolve("trees")));
  }

  private static String refused(Path run, String... settings) {
    List<Object> arguments = new ArrayList<>(List.of("train", run));
    for (String setting : settings) {
      arguments.addAll(List.of("--set", setting));
    }
    CommandRun refused = CommandRun.of(arguments.toArray());
    assertThat(refused.status()).isNotZero();
    return refused.err();
  }

  /** Grades follow the price. */
  private static String log() {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder log = new StringBuilder("query,grade,price,stock\n");
    for (int q = 0; q < QUERIES; q++) {
      for (int i = 0; i < 6; i++) {
        double price = random.nextDouble();
        log.append(
            String.format(
                Locale.ROOT,
                "q%d,%d,%.4f,%.4f%n",
                q,
                (int) (3 * price),
                price,
                random.nextDouble()));
      }
    }
    return log.toString();
  }

  /** Trees that know what grades follow; no library has grown them. */
  private static RankingModel trees() {
    RankingModel model =
        new ModelBuilder(
                new FeatureSpecInputCreator(FEATURES.context(), FEATURES.examples()),
                PreprocessorWithSpec.builder().build(),
                LambdaMartScorer.builder().numRound(2).maxDepth(1).build(),
                "__list_mask__",
                "trees")
            .build(TrainingSettings.builder().loss("softmax_loss").build());
    Growing growing = LambdaMartScorer.of(model.graph()).orElseThrow();
    TreeCode code = growing.forest().code();
    float[] thresholds = {1 / 3f, 2 / 3f};
    for (int t = 0; t < thresholds.length; t++) {
      float[] tree = code.empty();
      code.split(tree, 0, 0, thresholds[t]);
      code.leaf(tree, TreeCode.below(0), -1);
      code.leaf(tree, TreeCode.below(0) + 1, 1);
      growing.parameters().putRow(t, Nd4j.createFromArray(tree));
    }
    return model;
  }

  private static void train(String name, String base) throws IOException {
    command("train", configuration(name, base));
  }

  /** A network that hardly learns, so that what is above it knows more. */
  private static Path configuration(String name, String base) throws IOException {
    return Files.writeString(
        shop.resolve(name + ".conf"),
        """
        data {
          train_input_pattern = "%1$s/lists", valid_input_pattern = "%1$s/lists"
          train_batch_size = 16, valid_batch_size = 16
          features {
            example { price { dtype = float32 }, stock { dtype = float32 } }
            label { name = grade, dtype = int64, default = -1 }
          }
        }
        model {
          name = shop
          scorer { type = dnn, hidden_layer_dims = [3], dropout = 0, use_batch_norm = false }
        }
        pipeline {
          model_dir = "%1$s/%2$s", num_epochs = 1, loss = softmax_loss, learning_rate = 1e-4
          base = %3$s
        }
        """
            .formatted(shop, name, base));
  }

  private static void ensemble(String name, String... members) {
    List<Object> arguments = new ArrayList<>(List.of("ensemble"));
    Arrays.stream(members).map(shop::resolve).forEach(arguments::add);
    arguments.addAll(List.of("--output", shop.resolve(name)));
    command(arguments.toArray());
  }

  private static CommandRun promote(String name, Path serving) {
    return CommandRun.of(
        "promote",
        "--candidate",
        shop.resolve(name),
        "--serving",
        serving,
        "--data",
        shop.resolve("lists"));
  }

  private static CommandRun command(Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).as(run.out() + run.err()).isZero();
    return run;
  }

  private static Map<String, Float> item(double price, double stock) {
    return Map.of("price", (float) price, "stock", (float) stock);
  }

  /** By product. */
  private static Map<String, Float> scores(Path written) throws IOException {
    Map<String, Float> scores = new HashMap<>();
    try (Stream<Path> parts = Files.list(written)) {
      for (Path part : parts.filter(each -> each.toString().endsWith(".csv")).toList()) {
        for (String line : Files.readAllLines(part, StandardCharsets.UTF_8)) {
          String[] cells = line.split(",", -1);
          if (!cells[0].equals("query")) {
            scores.put(cells[1], Float.parseFloat(cells[2]));
          }
        }
      }
    }
    return scores;
  }
}
