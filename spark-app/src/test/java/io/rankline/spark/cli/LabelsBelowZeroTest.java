package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An item whose label is below 0 takes part in nothing, and every command says so. */
class LabelsBelowZeroTest {

  /** LibSVM's labels of two classes. */
  private static final String BINARY =
      """
      1 qid:1 1:0.5 2:3
      -1 qid:1 1:0.1 2:1
      1 qid:2 1:0.7 2:2
      -1 qid:2 1:0.2 2:5
      -1 qid:2 1:0.3 2:4
      """;

  /** The same, and a query in which somebody has judged. */
  private static final String JUDGED = BINARY + "0 qid:3 1:0.4 2:1\n2 qid:3 1:0.6 2:6\n";

  @TempDir Path folder;

  @Test
  void labelsOfMinusOneAndOneAreRefusedByTrain() throws IOException {
    CommandRun run = train(BINARY, JUDGED);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "rankline: '%s': none of 2 lists has two items of different label 'utility', so there is nothing to rank by; 3 of 5 labels are below 0, which leaves their items out: where -1 means not relevant, write 0%n"
                .formatted(folder.resolve("train.txt")));
    assertThat(folder.resolve("model/checkpoints")).doesNotExist();
    assertThat(train(JUDGED, BINARY).err()).contains("valid.txt': none of 2 lists has two items");
  }

  @Test
  void trainAndItsReportSayHowManyItemsAreLeftOut() throws IOException {
    CommandRun run = train(JUDGED, JUDGED);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("training: 3 of 7 labels are below 0: left out")
        .contains("validation: 3 of 7 labels are below 0: left out");
    assertThat(folder.resolve("model/report.html"))
        .content()
        .contains("training: 3 of 7 labels are below 0: left out.");
  }

  @Test
  void evaluateSaysHowManyRowsAreLeftOutAndRefusesAModelThatNothingIsMeasuredOf()
      throws IOException {
    train(JUDGED, JUDGED);

    CommandRun judged = evaluateModel(JUDGED);
    assertThat(judged.status()).as(judged.err()).isZero();
    assertThat(judged.out()).contains("3 of 7 rows have a label below 0: left out.");

    CommandRun binary = evaluateModel(BINARY);
    assertThat(binary.status()).isEqualTo(1);
    assertThat(binary.err())
        .contains("test.txt: no query has two rows of different labels, so every order is as good")
        .contains("; 3 of 5 labels are below 0, which leaves their rows out");
    assertThat(binary.out()).doesNotContain("0.0000");
    assertThat(evaluateModel(BINARY.replaceAll("(?m)^1 ", "0 ")).err())
        .contains("test.txt: none of 5 labels is above 0, so there is nothing to measure");
    CommandRun unjudged = evaluateModel(BINARY.replaceAll("(?m)^1 ", "-1 "));
    assertThat(unjudged.status()).isEqualTo(1);
    assertThat(unjudged.err())
        .contains(
            "test.txt: none of 5 labels is 0 or more, so there is nothing to measure; check which"
                + " column or feature the label is");
  }

  @Test
  void ofAFileOfPredictionsEvaluateWarns() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("run.csv"), "qid,label,score\n1,1,0.5\n1,-1,0.9\n2,-1,1\n2,1,0\n");

    Path json = folder.resolve("run.json");
    CommandRun run =
        CommandRun.of("evaluate", "--predictions", file, "--metrics", "ndcg@5", "--json", json);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("2 of 4 rows have a label below 0: left out.")
        .contains("Warning: no query has two rows of different labels, so every order is as good");
    assertThat(json).content().contains("\"labels\" : 4").contains("\"labels_below_0\" : 2");
  }

  @Test
  void aFileOfPredictionsWithoutALabelThatCountsIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("run.csv"), "qid,label,score\n1,-1,0.5\n1,-1,1\n");

    CommandRun run = CommandRun.of("evaluate", "--predictions", file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "rankline: %s: none of 2 labels is 0 or more, so there is nothing to measure; check which column or feature the label is%n"
                .formatted(file));
    assertThat(run.out()).isEmpty();
  }

  @Test
  void inspectSaysWhatShareOfTheDataIsLeftOutAndFailsWhereNothingIsLeft() throws IOException {
    Path some = Files.writeString(folder.resolve("some.txt"), JUDGED + "1 qid:3 1:x\n");
    Path none = Files.writeString(folder.resolve("none.txt"), "1 qid:3 1:x\n");
    Path json = folder.resolve("some.json");

    CommandRun partly = CommandRun.of("inspect", "libsvm:" + some, "--json", json);
    CommandRun nothing = CommandRun.of("inspect", "libsvm:" + none);

    assertThat(partly.out())
        .contains("lists 3   items 7   corrupt records 1 (8.51 % of the data is left out)")
        .contains("some.txt: line 8 at byte 129: feature '1' must be a number, got 'x'");
    assertThat(json).content().contains("\"lost_share\" : 0.085");
    assertThat(nothing.status()).isEqualTo(1);
    assertThat(nothing.err())
        .isEqualTo("rankline: 'libsvm:%s' holds no list that can be read%n".formatted(none));
  }

  @Test
  void inspectKeepsTheQueriesOfFilesApartWhereAsked() throws IOException {
    Path text = Files.createDirectory(folder.resolve("text"));
    Files.writeString(text.resolve("a.txt"), "1 qid:1 1:1\n0 qid:1 1:2\n");
    Files.writeString(text.resolve("b.txt"), "1 qid:1 1:1\n");

    assertThat(CommandRun.of("inspect", "libsvm:" + text).out()).contains("lists 1   items 3");
    assertThat(CommandRun.of("inspect", "libsvm:" + text, "--queries-across-files", "apart").out())
        .contains("lists 2   items 3");
  }

  @Test
  void inspectSaysHowManyItemsAreLeftOut() throws IOException {
    Path file = Files.writeString(folder.resolve("data.txt"), JUDGED);

    CommandRun run = CommandRun.of("inspect", "libsvm:" + file);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("3 of 7 items have a label below 0: left out");
  }

  private CommandRun evaluateModel(String data) throws IOException {
    return CommandRun.of(
        "evaluate",
        "--model",
        folder.resolve("model/export/latest_model"),
        "--data",
        Files.writeString(folder.resolve("test.txt"), data),
        "--metrics",
        "ndcg@5");
  }

  private CommandRun train(String training, String validation) throws IOException {
    Files.writeString(folder.resolve("train.txt"), training);
    Files.writeString(folder.resolve("valid.txt"), validation);
    Path file =
        Files.writeString(
            folder.resolve("run.conf"),
            """
            data {
              train_input_pattern = "%1$s/train.txt", valid_input_pattern = "%1$s/valid.txt"
              dataset_reader = libsvm, train_batch_size = 4, valid_batch_size = 4
              features {
                example { "custom_features_{1..2}" { dtype = float32, default = 0 } }
                label { name = utility, dtype = float32, default = -1 }
              }
            }
            model { scorer { type = dnn, hidden_layer_dims = [2], dropout = 0 } }
            pipeline { model_dir = "%1$s/model", num_epochs = 1, loss = softmax_loss }
            """
                .formatted(folder));
    return CommandRun.of("train", file);
  }
}
