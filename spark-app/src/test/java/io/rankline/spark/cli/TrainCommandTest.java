package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

class TrainCommandTest {

  @TempDir Path folder;

  @Test
  void aConfigurationBecomesAModelWithAReportBesideBaselines() throws IOException {
    CommandRun run = train();

    assertThat(run.status()).as(run.err()).isZero();
    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(0))
        .isEqualTo(
            "made data: 12 lists to train on and 6 to validate with in " + folder.resolve("data"));
    assertThat(lines.get(2)).matches("on the validation data +NDCG@1 +NDCG@5 +NDCG@10");
    assertThat(lines.get(3)).matches("this model \\(epoch [12]\\)( +[01]\\.\\d{4}){3}");
    assertThat(lines.get(4)).matches("random order( +[01]\\.\\d{4}){3}");
    assertThat(lines.get(5))
        .matches("best single feature \\(-?custom_features_\\d+\\)( +[01]\\.\\d{4}){3}");
    assertThat(lines.get(6)).matches("true utility \\(the most there is\\)( +[01]\\.\\d{4}){3}");
    assertThat(lines.subList(8, 11))
        .containsExactly(
            "model   " + folder.resolve("model/export/best_model_by_metric"),
            "report  " + folder.resolve("model/report.html"),
            "curves  tensorboard --logdir " + folder.resolve("model/logs"));
    assertThat(folder.resolve("model/report.html")).isNotEmptyFile();
    assertThat(
            SavedRankingModel.load(folder.resolve("model/export/best_model_by_metric").toString())
                .configuration())
        .contains("num_epochs=2");
  }

  @Test
  void theMetricThatTheBestEpochGoesByStandsInTheTable() throws IOException {
    CommandRun run =
        CommandRun.of(
            "train", SmallRun.write(folder), "--set", "pipeline.best_exporter_metric=map@5");

    List<String> lines = run.out().lines().toList();
    assertThat(lines.get(2)).matches("on the validation data +NDCG@1 +NDCG@5 +NDCG@10 +MAP@5");
    assertThat(lines.get(3)).matches("this model \\(epoch [12]\\)( +0\\.\\d{4}){4}");
    assertThat(lines.get(4)).matches("random order( +0\\.\\d{4}){4}");
  }

  @Test
  void theExportedModelIsEvaluatedAsItWasInTraining() throws IOException {
    CommandRun trained = train();
    String line =
        trained
            .out()
            .lines()
            .filter(text -> text.startsWith("this model"))
            .findFirst()
            .orElseThrow();
    String ndcg = line.substring(line.lastIndexOf(' ') + 1);

    CommandRun run =
        CommandRun.of(
            "evaluate",
            "--model",
            folder.resolve("model/export/best_model_by_metric"),
            "--data",
            folder.resolve("data/valid"),
            "--metrics",
            "ndcg@10");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out().lines().filter(text -> text.startsWith("ndcg@10")).toList())
        .singleElement()
        .asString()
        .contains(" " + ndcg + " ");
  }

  @Test
  void aModelThatIsNotThereIsAnError() {
    CommandRun run =
        CommandRun.of("evaluate", "--model", folder, "--data", folder, "--metrics", "ndcg@10");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("rankline: ").contains(folder.toString());
  }

  @Test
  void aModelNeedsDataToBeEvaluated() {
    CommandRun run = CommandRun.of("evaluate", "--model", folder, "--metrics", "ndcg@10");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .isEqualTo(
            """
            rankline: --model and --data go together
            run 'rankline help evaluate' for its options
            """);
  }

  @Test
  void aRunThatIsDoneIsNotDoneAgain() throws IOException {
    CommandRun first = train();
    FileTime made = Files.getLastModifiedTime(folder.resolve("data/_made_from"));

    CommandRun second = train();

    assertThat(second.status()).as(second.err()).isZero();
    assertThat(second.out()).isEqualTo(first.out().replaceFirst("made data", "found data"));
    assertThat(Files.getLastModifiedTime(folder.resolve("data/_made_from"))).isEqualTo(made);
    assertThat(Files.readAllLines(folder.resolve("model/history.csv"))).hasSize(3);
  }

  @Test
  void moreEpochsGoOnFromTheLastCheckpoint() throws IOException {
    CommandRun first = train();

    CommandRun second = train("--set", "pipeline.num_epochs=3");

    assertThat(first.status()).isZero();
    assertThat(second.status()).as(second.err()).isZero();
    assertThat(Files.readAllLines(folder.resolve("model/history.csv"))).hasSize(4);
  }

  @Test
  void aModelDirWithAnotherModelIsRefused() throws IOException {
    CommandRun first = train();

    CommandRun second = train("--set", "model.scorer.hidden_layer_dims=[5]");

    assertThat(first.status()).isZero();
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err()).startsWith("rankline: ").contains("checkpoints");
  }

  @Test
  void aModelDirThatIsAFileIsAnError() throws IOException {
    Files.writeString(folder.resolve("model"), "a file");

    CommandRun run = train();

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).startsWith("rankline: ").contains("model_dir");
  }

  @Test
  void dataOfOtherOptionsIsNotMistakenForThis() throws IOException {
    CommandRun first = train();

    CommandRun second = train("--set", "synthetic.seed=2");

    assertThat(first.status()).isZero();
    assertThat(second.status()).isEqualTo(1);
    assertThat(second.err())
        .isEqualTo(
            ("rankline: synthetic.dir '%s' holds made-up data of train_lists = 12, valid_lists = 6,"
                    + " test_lists = 0, seed = 1, max_list_size = 8, not made-up data of"
                    + " train_lists = 12, valid_lists = 6, test_lists = 0, seed = 2,"
                    + " max_list_size = 8; delete it or name another folder%n")
                .formatted(folder.resolve("data")));
  }

  @Test
  void allFaultsOfAFileAreShown() throws IOException {
    CommandRun run = train("--set", "pipeline.num_epochs=0", "--set", "pipeline.loss=softmax");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .startsWith("rankline: --set pipeline.loss: 1: pipeline.loss is wrong: unknown loss")
        .endsWith(
            "%n--set pipeline.num_epochs: 1: pipeline.num_epochs must be 1 or more, got 0%n"
                .formatted());
  }

  private CommandRun train(String... options) throws IOException {
    Path file = SmallRun.write(folder);
    Object[] arguments = new Object[options.length + 2];
    arguments[0] = "train";
    arguments[1] = file;
    System.arraycopy(options, 0, arguments, 2, options.length);
    return CommandRun.of(arguments);
  }

  @Test
  void aNewRunStartsFromAnEarlierModel() throws IOException {
    train();

    CommandRun warm =
        CommandRun.of(
            "train",
            folder.resolve("run.conf"),
            "--warm-start",
            folder.resolve("model"),
            "--set",
            "pipeline.model_dir=" + folder.resolve("warm"));

    assertThat(warm.status()).as(warm.err()).isZero();
    assertThat(network("warm/start")).isEqualTo(network("model/best"));
  }

  @Test
  void anotherModelCannotBeStartedFrom() throws IOException {
    train();

    CommandRun warm =
        CommandRun.of(
            "train",
            folder.resolve("run.conf"),
            "--warm-start",
            folder.resolve("model"),
            "--set",
            "pipeline.model_dir=" + folder.resolve("warm"),
            "--set",
            "model.scorer.hidden_layer_dims=[5]");

    assertThat(warm.status()).isEqualTo(1);
    assertThat(warm.err())
        .startsWith("rankline: warm_start " + folder.resolve("model/best") + " is another model: ")
        .contains("shape of hidden_1_W is [136, 4] there and [136, 5] here");
  }

  private INDArray network(String model) throws IOException {
    return SavedRankingModel.load(folder.resolve(model).toString()).model().graph().params();
  }
}
