package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.serving.SavedRankingModel;
import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} with a table in {@code data.train_input}. */
@Tag("spark")
class TrainFromTablesTest {

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @BeforeEach
  void makeTable() throws IOException {
    StringBuilder rows = new StringBuilder("query,price,colour,seen,relevance\n");
    for (int i = 0; i < 5; i++) {
      for (int q = 0; q < 40; q++) {
        rows.append(
            "q%02d,%d.5,%s,2026-11-29 10:00:00,%d\n"
                .formatted(q, 3 * i + q, i % 2 == 0 ? "red" : "", i % 3));
      }
    }
    Files.writeString(folder.resolve("items.csv"), rows);
  }

  @Test
  void aTableOfAnySourceTrainsTheModelThatItsListsTrain() throws IOException {
    Dataset<Row> table =
        LocalSpark.session()
            .read()
            .option("header", true)
            .option("inferSchema", true)
            .csv(folder + "/items.csv");
    table.coalesce(1).write().orc(folder + "/orc");
    table.coalesce(1).write().saveAsTable("items_to_train_on");

    CommandRun csv = train("csv:" + folder + "/items.csv", "csv");
    CommandRun orc = train("orc:" + folder + "/orc", "orc-model");
    CommandRun catalog = train("table:items_to_train_on", "catalog");
    CommandRun lists =
        CommandRun.of(
            "train",
            conf("csv:" + folder + "/items.csv", "of-lists"),
            "--set",
            "data.train_input=null",
            "--set",
            "data.group_column=null",
            "--set",
            "data.train_input_pattern=" + folder + "/csv/lists/train",
            "--set",
            "data.valid_input_pattern=" + folder + "/csv/lists/valid");
    LocalSpark.session().sql("DROP TABLE items_to_train_on");

    for (CommandRun run : List.of(csv, orc, catalog, lists)) {
      assertThat(run.status()).as(run.err()).isZero();
    }
    assertThat(csv.out())
        .startsWith("made 40 lists of csv:%s/items.csv in %s/csv/lists".formatted(folder, folder))
        .contains("on the validation data", "on the test data");
    assertThat(scores("csv"))
        .isEqualTo(scores("orc-model"))
        .isEqualTo(scores("catalog"))
        .isEqualTo(scores("of-lists"));
  }

  @Test
  void theReportNamesTheQueriesThatAreRankedWorst() throws IOException {
    CommandRun trained = train("csv:" + folder + "/items.csv", "model");
    Path perQuery = folder.resolve("queries.csv");
    CommandRun evaluated =
        CommandRun.of(
            "evaluate",
            "--model",
            folder.resolve("model/export/latest_model"),
            "--data",
            folder.resolve("model/lists/valid"),
            "--metrics",
            "ndcg@10",
            "--per-query",
            perQuery);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(evaluated.status()).as(evaluated.err()).isZero();

    Map<String, Double> values = new HashMap<>();
    for (String line : Files.readAllLines(perQuery)) {
      String[] cells = line.split(",", -1);
      if (cells[0].startsWith("q") && cells[0].length() == 3) {
        values.put(cells[0], Double.parseDouble(cells[cells.length - 1]));
      }
    }
    List<String> named =
        Pattern.compile("query: (q[0-9]{2})")
            .matcher(Files.readString(folder.resolve("model/report.html")))
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(named).isNotEmpty().isSubsetOf(values.keySet());
    assertThat(values.get(named.get(0))).isEqualTo(Collections.min(values.values()));
    assertThat(named.stream().map(values::get).toList()).isSorted();
  }

  @Test
  void textAmongTheNumbersOfCsvIsToldWithItsRow() throws IOException {
    Path items = folder.resolve("items.csv");
    Files.writeString(items, Files.readString(items) + "q07,n/a,red,,1\n");

    CommandRun fails = train("csv:" + items, "model");
    CommandRun skips =
        CommandRun.of(
            "train",
            conf("csv:" + items, "other"),
            "--set",
            "data.on_corrupt_record=skip",
            "--set",
            "data.max_corrupt_share=1");

    assertThat(fails.err())
        .isEqualTo(
            "rankline: file:%s: line 202: query 'q07': column 'price' is 'n/a', which is no number (where it stands for a missing one, CSV's option missing=n/a says so); the row is {query=q07, price=n/a, colour=red, relevance=1}%n"
                .formatted(items));
    assertThat(skips.status()).as(skips.err()).isZero();
    assertThat(skips.out()).contains("made 40 lists", "column 'price' is 'n/a'");
  }

  @Test
  void typesOfATableThatFitAreReadAndOthersToldBeforeAnythingIs() throws IOException {
    Dataset<Row> table =
        LocalSpark.session()
            .read()
            .option("header", true)
            .csv(folder + "/items.csv")
            .selectExpr(
                "query",
                "price as text",
                "cast(price as decimal(10, 2)) as price",
                "colour",
                "cast(relevance as tinyint) as relevance");
    table.coalesce(1).write().parquet(folder + "/fits");
    table.drop("price").withColumnRenamed("text", "price").write().parquet(folder + "/text");

    CommandRun csv = train("csv:" + folder + "/items.csv", "csv");
    CommandRun fits = train("parquet:" + folder + "/fits", "fits-model");
    CommandRun text = train("parquet:" + folder + "/text", "text-model");

    assertThat(csv.status()).as(csv.err()).isZero();
    assertThat(fits.status()).as(fits.err()).isZero();
    assertThat(scores("fits-model")).isEqualTo(scores("csv"));
    assertThat(text.err())
        .startsWith(
            "rankline: parquet:%s/text: column 'price' is of type string, and float32 is asked for; make it a number first%n"
                .formatted(folder));
  }

  @Test
  void listsAreMadeOnceAndThenFound() throws IOException {
    train("csv:" + folder + "/items.csv", "model");

    CommandRun again = train("csv:" + folder + "/items.csv", "model");
    Files.writeString(
        folder.resolve("items.csv"), Files.readString(folder.resolve("items.csv")) + "q99,1,,,1\n");
    CommandRun changed = train("csv:" + folder + "/items.csv", "model");

    assertThat(again.out()).startsWith("found lists of csv:");
    assertThat(changed.err())
        .startsWith(
            "rankline: '%1$s/model/lists' holds lists of another table, of other columns, or of"
                    .formatted(folder)
                + " 'csv:%s/items.csv' as it was before;".formatted(folder));
  }

  @Test
  void aModelScoresTheTableThatItWasTrainedOn() throws IOException {
    train("csv:" + folder + "/items.csv", "model");

    CommandRun run =
        CommandRun.of(
            "score",
            "--model",
            folder + "/model/export/latest_model",
            "--data",
            folder + "/items.csv",
            "--item-column",
            "price",
            "--output",
            folder + "/scores");

    assertThat(run.out()).startsWith("scored 200 items of 40 queries");
    assertThat(LocalSpark.session().read().parquet(folder + "/scores").columns())
        .containsExactly("query", "price", "score", "rank");
  }

  @Test
  void aTeacherScoresTheListsOfATableByFeaturesThatItsStudentDoesNotRead() throws IOException {
    String table = "csv:" + folder + "/items.csv";
    CommandRun teacher = train(table, "teacher");
    assertThat(teacher.status()).as(teacher.err()).isZero();
    List<String> student =
        List.of(
            "data.features.example.colour=null",
            "model.preprocess=null",
            "pipeline.teacher.model=" + folder + "/teacher/export/latest_model");

    CommandRun ofTable = train(table, "of-table", student);
    List<String> ofLists = new ArrayList<>(student);
    ofLists.addAll(
        List.of(
            "data.train_input=null",
            "data.group_column=null",
            "data.train_input_pattern=" + folder + "/teacher/lists/train",
            "data.valid_input_pattern=" + folder + "/teacher/lists/valid"));
    CommandRun ofTheTeachersLists = train(table, "of-lists", ofLists);

    assertThat(ofTable.status()).as(ofTable.err()).isZero();
    assertThat(ofTheTeachersLists.status()).as(ofTheTeachersLists.err()).isZero();
    assertThat(scores("of-table")).isEqualTo(scores("of-lists"));
  }

  @Test
  void theScoresOfATeacherAreAColumnOfTheTableToTrainOnAlone() throws IOException {
    Path wise = folder.resolve("wise.csv");
    List<String> rows = new ArrayList<>();
    for (String row : Files.readAllLines(folder.resolve("items.csv"))) {
      rows.add(row + (rows.isEmpty() ? ",wisdom" : "," + rows.size() % 7 + ".25"));
    }
    Files.write(wise, rows);

    CommandRun run =
        train(
            "csv:" + wise,
            "model",
            List.of(
                "data.valid_input=\"csv:%s/items.csv\"".formatted(folder),
                "pipeline.teacher.column=wisdom"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("on the validation data");
  }

  @Test
  void aColumnThatIsMissingIsToldBeforeTraining() throws IOException {
    Path conf = conf("csv:" + folder + "/items.csv", "model");
    Files.writeString(
        conf, Files.readString(conf).replace("price {", "cost {").replace("= query", "= qid"));

    CommandRun run = CommandRun.of("train", conf);

    assertThat(run.err())
        .startsWith(
            "rankline: csv:%s/items.csv: there is no column 'qid' to hold the query;"
                .formatted(folder))
        .contains("there is no column 'cost'", "columns are query, price, colour, seen, relevance");
    assertThat(folder.resolve("model")).doesNotExist();
  }

  private CommandRun train(String table, String model) throws IOException {
    return train(table, model, List.of());
  }

  private CommandRun train(String table, String model, List<String> settings) throws IOException {
    List<Object> words = new ArrayList<>(List.of("train", conf(table, model)));
    settings.forEach(setting -> words.addAll(List.of("--set", setting)));
    return CommandRun.of(words.toArray());
  }

  private Path conf(String table, String model) throws IOException {
    return Files.writeString(
        folder.resolve("run.conf"),
        """
        data {
          train_input = "%s", group_column = query
          train_batch_size = 4, valid_batch_size = 4
          features {
            example {
              price { dtype = float32 }
              colour { dtype = string, default = "" }
            }
            label { name = relevance, dtype = int64, default = -1 }
          }
        }
        model {
          preprocess { embeddings { colour { hash_buckets = 10, dimension = 2 } } }
          scorer { type = dnn, hidden_layer_dims = [3] }
        }
        pipeline { model_dir = "%s/%s", num_epochs = 1, loss = softmax_loss }
        """
            .formatted(table, folder, model));
  }

  /** Of two items, by the features that the model reads. */
  private List<Float> scores(String name) throws IOException {
    SavedRankingModel model = SavedRankingModel.load(folder + "/" + name + "/export/latest_model");
    List<Map<String, Object>> items = new ArrayList<>();
    for (Map<String, Object> item :
        List.<Map<String, Object>>of(
            Map.of("price", 3, "colour", "red"), Map.of("price", 30, "colour", "blue"))) {
      items.add(new HashMap<>(item));
    }
    items.forEach(item -> item.keySet().retainAll(model.requests().examples().keySet()));
    float[] scores = model.predict(Map.of(), items);
    List<Float> list = new ArrayList<>();
    for (float score : scores) {
      list.add(score);
    }
    return list;
  }
}
