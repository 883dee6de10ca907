package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rankline.metric.MetricKey;
import io.rankline.testing.Tolerances;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EvaluateCommandTest {

  @TempDir private Path folder;

  private final StringBuilder out = new StringBuilder();
  private final StringBuilder err = new StringBuilder();

  /** Query 1 is ranked perfectly, 2 has its relevant item second, 3 has none. */
  private static final String RUN =
      """
      qid\tlabel\tscore
      1\t1\t0.9
      1\t0\t0.2
      2\t0\t0.8
      2\t1\t0.7
      3\t0\t0.5
      """;

  private int evaluate(String... arguments) {
    List<Object> all = new ArrayList<>(List.of("evaluate"));
    all.addAll(List.of(arguments));
    CommandRun run = CommandRun.of(all.toArray());
    out.append(run.out());
    err.append(run.err());
    return run.status();
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private JsonNode json(Path file) throws IOException {
    return new ObjectMapper().readTree(file.toFile());
  }

  private String printed() {
    return out.toString().replace(folder + "/", "").replace("\r\n", "\n");
  }

  @Test
  void printsAnAlignedTableWithIntervals() throws IOException {
    int status = evaluate("--predictions", file("run.tsv", RUN), "--metrics", "mrr,ndcg@1,arp");

    assertThat(printed())
        .isEqualTo(
            """
            run.tsv: 3 queries, 5 rows

            metric   value     95 % interval  queries
            mrr     0.5000  [0.0000, 1.0000]        3
            ndcg@1  0.3333  [0.0000, 1.0000]        3
            arp     1.5000  [1.0000, 2.0000]        3

            Lower is better: arp.
            Queries without a relevant item: 1 of 3, counted as 0 (--empty-lists).
            Intervals: bootstrap over queries, 1,000 draws, seed 0.
            """);
    assertThat(status).isZero();
  }

  @Test
  void leavesIntervalsOutWhenToldTo() throws IOException {
    evaluate("-p", file("run.tsv", RUN), "-m", "mrr", "--resamples", "0", "--empty-lists", "skip");

    assertThat(printed())
        .isEqualTo(
            """
            run.tsv: 3 queries, 5 rows

            metric   value  queries
            mrr     0.7500        2

            Queries without a relevant item: 1 of 3, skipped (--empty-lists).
            """);
  }

  @Test
  void infiniteScoresAreReadAsPandasWritesThem() throws IOException {
    String run = "qid,label,score\n1,0,-inf\n1,1,0.5\n2,0,inf\n2,1,3\n";

    evaluate("-p", file("run.csv", run), "-m", "mrr", "--resamples", "0");
    int status = evaluate("-p", file("label.csv", run.replace("1,1,", "1,inf,")), "-m", "mrr");

    assertThat(printed()).contains("mrr     0.7500        2");
    assertThat(err.toString().replace(folder + "/", ""))
        .contains("label.csv: line 3: column 'label' must be finite, got 'inf'");
    assertThat(status).isNotZero();
  }

  private static final String TIED =
      """
      qid,label,score
      1,0,0.5
      1,1,0.5
      2,0,1
      """;

  @Test
  void tiesAreAveragedWhenAskedTo() throws IOException {
    evaluate(
        "-p", file("run.csv", TIED), "-m", "mrr,ndcg@1", "--ties", "average", "--resamples", "0");

    assertThat(printed())
        .isEqualTo(
            """
            run.csv: 2 queries, 3 rows

            metric                 value  queries
            mrr(ties=average)     0.3750        2
            ndcg@1(ties=average)  0.2500        2

            Queries without a relevant item: 1 of 2, counted as 0 (--empty-lists).
            Queries whose ties can change a metric: 1, averaged over all their orders (--ties).
            """);
  }

  @Test
  void anUnknownOrderOfTiesIsToldTheKnownOnes() throws IOException {
    int status = evaluate("-p", file("run.csv", TIED), "-m", "bpref", "--ties", "mean");

    assertThat(status).isEqualTo(2);
    assertThat(err).contains("unknown order of ties 'mean'; expected one of ");
  }

  @Test
  void printsTheNumbersOfAnotherToolAndSaysWhatThatSets() throws IOException {
    String run = file("run.csv", TIED);
    evaluate("-p", run, "--like", "lightgbm", "--resamples", "0");
    evaluate("-p", run, "--like", "torchmetrics", "-m", "ndcg@1,map@2", "--resamples", "0");

    assertThat(printed())
        .isEqualTo(
            """
            run.csv: 2 queries, 3 rows

            metric                               value  queries
            ndcg@1                              0.5000        2
            ndcg@5                              0.8155        2
            ndcg@10                             0.8155        2
            ndcg                                0.8155        2
            map(denominator=cut,relevant=>0.5)  0.7500        2

            Queries without a relevant item: 1 of 2, counted as 1 (--empty-lists).
            Queries whose ties can change a metric: 1, ranked in the order of the file (--ties).
            Like lightgbm: --metrics "ndcg@1,ndcg@5,ndcg@10,ndcg,map(denominator=cut,relevant=>0.5)" --empty-lists one --ties file.
            run.csv: 2 queries, 3 rows

            metric                               value  queries
            ndcg@1(gain=identity,ties=average)  0.2500        2
            map@2(denominator=hits)             0.2500        2

            Queries without a relevant item: 1 of 2, counted as 0 (--empty-lists).
            Queries whose ties can change a metric: 1, ranked in the order of the file, or averaged where the metric says so (--ties).
            Like torchmetrics: --metrics "ndcg@1(gain=identity,ties=average),map@2(denominator=hits)" --empty-lists zero --ties file.
            """);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "lightgbm | --empty-lists | zero | --like lightgbm sets --empty-lists one, got zero; leave"
            + " one of them out",
        "sklearn | --ties | random | --like sklearn sets --ties average, got random; leave one of"
            + " them out",
        "spark | -m | mrr | spark has no mrr; it has precision, recall, map, ndcg",
        "xgbost | -m | map | unknown tool 'xgbost'; expected one of xgboost, "
      })
  void whatContradictsTheToolIsRefused(String tool, String option, String value, String message)
      throws IOException {
    int status = evaluate("-p", file("run.csv", TIED), "--like", tool, option, value);

    assertThat(status).isEqualTo(2);
    assertThat(err).contains(message);
  }

  @Test
  void whatTheToolSetsMayBeSaidAsWell() throws IOException {
    int status =
        evaluate(
            "-p",
            file("run.csv", TIED),
            "--like",
            "sklearn",
            "--ties",
            "average",
            "--empty-lists",
            "zero");

    assertThat(err).isEmpty();
    assertThat(status).isZero();
    assertThat(out).contains("ndcg@10(gain=identity,ties=average)");
  }

  @Test
  void writesJsonKeyedByMetric() throws IOException {
    Path json = folder.resolve("new/folder/out.json");

    evaluate("-p", file("run.tsv", RUN), "-m", "mrr,ndcg_1", "--json", json.toString());

    assertThat(json(json).fieldNames()).toIterable().containsExactly("mrr", "ndcg@1");
    JsonNode mrr = json(json).get("mrr");
    assertThat(mrr.get("value").doubleValue()).isEqualTo((1 + 0.5 + 0) / 3);
    assertThat(mrr.get("interval").get(0).doubleValue()).isZero();
    assertThat(mrr.get("interval").get(1).doubleValue()).isEqualTo(1);
    assertThat(mrr.get("confidence").doubleValue()).isEqualTo(0.95);
    assertThat(mrr.get("queries").intValue()).isEqualTo(3);
    assertThat(mrr.get("queries_without_relevant_items").intValue()).isEqualTo(1);
    assertThat(mrr.get("empty_lists").textValue()).isEqualTo("as_zero");
    assertThat(mrr.has("p_value")).isFalse();
  }

  @Test
  void aMeanOfNothingIsNullInJsonAndADashInTheTable() throws IOException {
    String nothing = file("run.tsv", "qid\tlabel\tscore\n1\t0\t1\n");
    Path json = folder.resolve("out.json");

    int status =
        evaluate("-p", nothing, "-m", "mrr", "--empty-lists", "skip", "--json", json.toString());

    assertThat(status).isZero();
    assertThat(json(json).get("mrr").get("value").isNull()).isTrue();
    assertThat(json(json).get("mrr").get("interval").isNull()).isTrue();
    assertThat(printed()).contains("mrr         -              -        0");
  }

  @Test
  void twoFilesAreComparedOnTheirCommonQueries() throws IOException {
    String better = RUN.replace("2\t1\t0.7", "2\t1\t0.95").replace("3\t", "4\t");
    Path json = folder.resolve("out.json");

    int status =
        evaluate(
            "-p",
            file("old.tsv", RUN),
            "--compare",
            file("new.csv", better.replace('\t', ',')),
            "-m",
            "mrr",
            "--json",
            json.toString());

    assertThat(status).isZero();
    assertThat(printed())
        .isEqualTo(
            """
            A = old.tsv: 3 queries, 5 rows
            B = new.csv: 3 queries, 5 rows

            metric       A       B    B - A  95 % interval of B - A  p (permutation)  B better  worse
            mrr     0.7500  1.0000  +0.2500        [0.0000, 0.5000]           1.0000         1      0

            Queries in both files: 2; only in A: 1; only in B: 1.
            p is two-sided: how often chance alone makes a difference at least this large.
            Intervals: bootstrap over queries, 1,000 draws, seed 0.
            """);
    JsonNode mrr = json(json).get("mrr");
    assertThat(mrr.get("value").doubleValue()).isEqualTo(0.75);
    assertThat(mrr.get("compared").get("value").doubleValue()).isEqualTo(1);
    assertThat(mrr.get("difference").doubleValue()).isEqualTo(0.25);
    assertThat(mrr.get("difference_interval").get(1).doubleValue()).isEqualTo(0.5);
    assertThat(mrr.get("p_value").doubleValue()).isEqualTo(1);
    assertThat(mrr.get("queries").intValue()).isEqualTo(2);
    assertThat(mrr.get("queries_only_in_first").intValue()).isEqualTo(1);
    assertThat(mrr.get("queries_better").intValue()).isEqualTo(1);
    assertThat(mrr.get("queries_worse").intValue()).isZero();
  }

  @Test
  void everyQueryIsARowOfTheFilePerQuery() throws IOException {
    Path table = folder.resolve("new/queries.csv");
    String run = RUN.replace("2\t", "a,b\t");

    evaluate("-p", file("run.tsv", run), "-m", "mrr,arp", "--per-query", table.toString());

    assertThat(table).hasContent("query,items,mrr,arp\n1,2,1.0,1.0\n\"a,b\",2,0.5,2.0\n3,1,0.0,\n");
  }

  @Test
  void queriesThatDoNotCountHaveNoValuePerQuery() throws IOException {
    Path table = folder.resolve("queries.tsv");

    evaluate(
        "-p",
        file("run.tsv", RUN),
        "-m",
        "mrr",
        "--empty-lists",
        "skip",
        "--per-query",
        table.toString());

    assertThat(table).hasContent("query\titems\tmrr\n1\t2\t1.0\n2\t2\t0.5\n3\t1\t\n");
  }

  @Test
  void ofTwoFilesTheDifferenceIsWrittenPerQuery() throws IOException {
    Path table = folder.resolve("queries.tsv");
    String worse = RUN.replace("1\t1\t0.9", "1\t1\t0.1").replace("3\t", "4\t");

    evaluate(
        "-p",
        file("a.tsv", RUN),
        "-c",
        file("b.tsv", worse),
        "-m",
        "mrr",
        "--per-query",
        table.toString());

    assertThat(table)
        .hasContent(
            """
            query\titems\tmrr A\tmrr B\tmrr B - A
            1\t2\t1.0\t0.5\t-0.5
            2\t2\t0.5\t0.5\t0.0
            """);
  }

  @Test
  void filesMayLieOnAnyStorageThatHadoopOpens() throws IOException {
    Path table = folder.resolve("new/queries.csv");
    Path json = folder.resolve("new/found.json");

    evaluate(
        "-p",
        file("run.tsv", RUN),
        "-m",
        "mrr",
        "--per-query",
        table.toUri().toString(),
        "--json",
        json.toUri().toString());

    assertThat(table).hasContent("query,items,mrr\n1,2,1.0\n2,2,0.5\n3,1,0.0\n");
    assertThat(json).content().contains("\"mrr\"");
  }

  @Test
  void aFolderInThePlaceOfAFileIsToldBeforeAnythingIsRead() throws IOException {
    int status = evaluate("-p", "nowhere.tsv", "--per-query", folder.toString());

    assertThat(err.toString().strip())
        .isEqualTo(
            "rankline: --per-query must be a file, got the folder %s\n".formatted(folder)
                + "run 'rankline help evaluate' for its options");
    assertThat(status).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv:/logs/items", "orc:/logs/items", "table:shop.items"})
  void aTableIsNoDataOfAModel(String table) {
    int status = evaluate("--model", folder.toString(), "--data", table);

    assertThat(err.toString())
        .startsWith(
            "rankline: --data takes files of records or of LibSVM lines, not the table '" + table)
        .contains("MODEL_DIR/lists/test");
    assertThat(status).isEqualTo(2);
  }

  @Test
  void importanceIsThatOfAModel() throws IOException {
    int status = evaluate("-p", file("run.tsv", RUN), "--importance");

    assertThat(err.toString().strip())
        .isEqualTo(
            "rankline: --importance goes with one --model, got 0\n"
                + "run 'rankline help evaluate' for its options");
    assertThat(status).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-p x --format seq                | --format goes with --model, and these are predictions",
        "-p x --task a                    | --task goes with --model, and these are predictions",
        "-p x --no-zero-based             | --zero-based goes with --model, and these are"
            + " predictions",
        "-p x --query-file q              | --query-file goes with --model, and these are"
            + " predictions",
        "-p x --queries-across-files join | --queries-across-files goes with --model, and these are"
            + " predictions",
        "-p x --no-convert-labels-to-binary | --convert-labels-to-binary goes with --model, and"
            + " these are predictions",
        "--model m --data d --query-column q  | --query-column names a column of --predictions, and"
            + " this is a model",
        "--model m --data d --label-column l  | --label-column names a column of --predictions, and"
            + " this is a model",
        "--model m --data d --score-column s  | --score-column names a column of --predictions, and"
            + " this is a model",
        "--model m --data d --weight-column w | --weight-column names a column of --predictions,"
            + " and this is a model",
        "--model m --data d --importance-lists 9   | --importance-lists goes with --importance",
        "--model m --data d --importance-repeats 9 | --importance-repeats goes with --importance",
        "-c x               | --compare goes with --predictions, the baseline",
        "-p x --test t      | --test goes with two rankers: say --compare FILE, or --model twice",
        "-p x --permutations 9 | --permutations goes with two rankers: say --compare FILE, or"
            + " --model twice",
        "-p x -c y --test t --permutations 9 | --permutations goes with --test permutation, or with"
            + " --json",
        "-p x --resamples 0 --confidence 0.9 | --confidence is the level of intervals; --resamples"
            + " must be above 0",
        "-p x --resamples 0 --seed 3 | --seed is for intervals, the permutation test, --ties random"
            + " and --importance; none is asked for",
        "-p x --task a --test t | --task goes with --model, and these are predictions; --test goes"
            + " with two rankers: say --compare FILE, or --model twice",
      })
  void anOptionThatWouldDoNothingIsRefusedBeforeAnythingIsRead(String given, String message) {
    int status = evaluate(given.split(" ", -1));

    assertThat(err.toString())
        .isEqualTo("rankline: " + message + "\nrun 'rankline help evaluate' for its options\n");
    assertThat(status).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--resamples 0 --ties random --seed 3",
        "-c run.tsv --resamples 0 --seed 3",
        "-c run.tsv --test t --permutations 9 --json out.json",
        "--seed 3 --confidence 0.9",
      })
  void anOptionThatDoesSomethingIsNotRefused(String given) throws IOException {
    String run = file("run.tsv", RUN);
    String all = given.replace("run.tsv", run).replace("out.json", folder + "/out.json");

    int status = evaluate(("-p " + run + " " + all).split(" ", -1));

    assertThat(err).isEmpty();
    assertThat(status).isZero();
  }

  @Test
  void aSecondPredictionsFileIsComparedToo() throws IOException {
    String run = file("run.tsv", RUN);

    assertThat(evaluate("-p", run, "-p", run, "-m", "mrr")).isZero();
    assertThat(printed()).contains("B - A").contains("1.0000");
    assertThat(evaluate("-p", run, "-p", run, "-c", run)).isEqualTo(2);
    assertThat(err.toString()).contains("one or two files can be evaluated, got 3");
  }

  @Test
  void theTestOfTheTableCanBeChosen() throws IOException {
    StringBuilder noisy = new StringBuilder("qid,label,score\n");
    StringBuilder good = new StringBuilder("qid,label,score\n");
    Random random = new Random(1);
    for (int query = 0; query < 60; query++) {
      for (int item = 0; item < 10; item++) {
        int label = random.nextInt(3);
        noisy.append("q%d,%d,%f%n".formatted(query, label, random.nextGaussian() + 0.4 * label));
        good.append("q%d,%d,%f%n".formatted(query, label, random.nextGaussian() + 1.5 * label));
      }
    }
    Path json = folder.resolve("out.json");

    evaluate(
        "-p",
        file("a.csv", noisy.toString()),
        "-c",
        file("b.csv", good.toString()),
        "-m",
        "ndcg@5",
        "--test",
        "t",
        "--json",
        json.toString());

    assertThat(printed()).contains("p (t)").contains("<0.0001");
    JsonNode ndcg = json(json).get("ndcg@5");
    assertThat(ndcg.get("p_value")).isEqualTo(ndcg.get("p_value_t"));
    assertThat(ndcg.get("p_value_permutation").doubleValue()).isEqualTo(1.0 / 10_001);
  }

  @Test
  void rowsOfAQueryNeedNotBeAdjacent() throws IOException {
    String scattered =
        """
        qid\tlabel\tscore
        2\t0\t0.8
        1\t1\t0.9
        3\t0\t0.5
        2\t1\t0.7
        1\t0\t0.2
        """;
    Path one = folder.resolve("one.json");
    Path other = folder.resolve("other.json");

    evaluate("-p", file("a.tsv", RUN), "--resamples", "0", "--json", one.toString());
    evaluate("-p", file("b.tsv", scattered), "--resamples", "0", "--json", other.toString());

    assertThat(json(other)).isEqualTo(json(one));
  }

  @Test
  void gzipIsReadWhateverTheNameOfTheFile() throws IOException {
    Path zipped = folder.resolve("run.tsv");
    try (OutputStream bytes = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      bytes.write(RUN.getBytes(StandardCharsets.UTF_8));
    }

    assertThat(evaluate("-p", zipped.toString(), "-m", "mrr")).isZero();
    assertThat(printed()).contains("3 queries, 5 rows");
  }

  @Test
  void weightsAreUsedWhereTheFileHasThem() throws IOException {
    String weighted =
        """
        Query;Relevance;Prediction;Importance
        "a;b";1;2;3
        "a;b";0;1;1
        c;0;2;1
        c;1;1;1
        """;
    Path json = folder.resolve("out.json");

    evaluate(
        "-p",
        file("run.csv", weighted),
        "-m",
        "mrr",
        "--query-column",
        "query",
        "--label-column",
        "relevance",
        "--score-column",
        "prediction",
        "--weight-column",
        "importance",
        "--json",
        json.toString());

    assertThat(json(json).get("mrr").get("value").doubleValue())
        .isCloseTo((1 * 3 + 0.5 * 1) / 4, within(Tolerances.DOUBLE_SUM));
    assertThat(printed()).contains("2 queries, 4 rows, weighted");
  }

  @Test
  void severalLabelColumnsAreTopics() throws IOException {
    String topics = "qid,t1,t2,score\n1,1,0,3\n1,1,0,2\n1,0,1,1\n";
    Path json = folder.resolve("out.json");

    evaluate(
        "-p",
        file("run.csv", topics),
        "-m",
        "precision_ia@2",
        "--label-column",
        "t1,t2",
        "--json",
        json.toString());

    assertThat(json(json).get("precision_ia@2").get("value").doubleValue())
        .isEqualTo(2.0 / (2 * 2));
  }

  @Test
  void tiesAreCountedAndBrokenAsTold() throws IOException {
    String tied = file("run.csv", "qid,label,score\n1,1,5\n1,0,5\n1,0,5\n");

    evaluate("-p", tied, "-m", "mrr", "--resamples", "0");
    evaluate("-p", tied, "-m", "mrr", "--resamples", "0", "--ties", "random", "--seed", "3");

    assertThat(printed())
        .contains(
            "Queries whose ties can change a metric: 1, ranked in the order of the file (--ties).")
        .contains("Queries whose ties can change a metric: 1, ranked at random (--ties).");
  }

  @Test
  void aQueryThatIsTiedInBothFilesIsCountedOnce() throws IOException {
    String tied = file("run.csv", "qid,label,score\n1,1,5\n1,0,5\n");

    evaluate("-p", tied, "-c", tied, "-m", "mrr", "--resamples", "0");

    assertThat(printed()).contains("Queries whose ties can change a metric: 1, ranked");
  }

  @Test
  void differencesBetweenTheFilesAreWarnedOf() throws IOException {
    String other = "qid,label,score,weight\n1,2,9,1\n1,0,2,1\n2,0,8,0\n2,1,7,0\n3,0,5,1\n";

    evaluate("-p", file("a", RUN), "-c", file("b", other), "-m", "mrr", "--resamples", "0");

    assertThat(printed())
        .contains("Warning: labels differ between the files; queries affected: 1.")
        .contains("Warning: only one of the files has weights, so the two means are not alike.");
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "empty| ``| f: is empty",
        "blank header| ` \n1,2,3`| f: line 1: has no header",
        "no rows| `qid,label,score\n`| f: has a header but no rows",
        "missing column| `qid,rel,score\n1,0,1`|"
            + " f: line 1: no column 'label' in the header, which has 'qid', 'rel', 'score'",
        "no such number| `qid,label,score\n1,0,1\n1,0,high`|"
            + " f: line 3: column 'score' must be a number, got 'high'",
        "empty label| `qid,label,score\n\n1,,1`|"
            + " f: line 3: column 'label' must be a number, got ''",
        "not a number| `qid,label,score\n1,1,NaN`|"
            + " f: line 2: column 'score' must be a number, got 'NaN'",
        "infinite label| `qid,label,score\n1,Infinity,1`|"
            + " f: line 2: column 'label' must be finite, got 'Infinity'",
        "negative weight| `qid,label,score,weight\n1,1,1,-2`|"
            + " f: line 2: column 'weight' must be 0 or more, got '-2'",
        "no query| `qid,label,score\n,1,1`| f: line 2: column 'qid' must not be empty, got ''",
        "short row| `qid,label,score\n1,1\n`| f: line 2: 2 fields, expected 3 as in the header",
        "open quote| `qid,label,score\n1,1,1\n\"a,1,1\nb,1,1\n\"c,1,1\nd,1,1`|"
            + " f: line 3: a field goes on past the end of the line; is a quote left open?",
        "open quote to the end| `qid,label,score\n1,1,1\n\"a,1,1\nb,1,1\n`|"
            + " f: line 3: a field goes on past the end of the line; is a quote left open?",
        "huge label| `qid,label,score\n7,5000,1`|"
            + " f: query '7': gain must be finite, got Infinity of label 5000.0; labels this large"
            + " want another gain, such as gain=identity",
      })
  void faultyDataIsToldWithFileAndLine(String name, String text, String message)
      throws IOException {
    int status = evaluate("-p", file("f", text));

    assertThat(err.toString().replace(folder + "/", "").strip()).isEqualTo("rankline: " + message);
    assertThat(out.toString()).isEmpty();
    assertThat(status).isEqualTo(1);
  }

  @Test
  void filesWithoutACommonQueryCannotBeCompared() throws IOException {
    int status = evaluate("-p", file("a", RUN), "-c", file("b", "qid,label,score\nother,1,1\n"));

    assertThat(err.toString().replace(folder + "/", "").strip())
        .isEqualTo(
            "rankline: a and b have no query in common; the first queries are '1' and 'other'");
    assertThat(status).isEqualTo(1);
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    int status = evaluate("-p", folder.resolve("nowhere.tsv").toString());

    assertThat(err.toString().strip())
        .isEqualTo("rankline: " + folder.resolve("nowhere.tsv") + ": no such file");
    assertThat(status).isEqualTo(1);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--metrics| arp@3| metric 'arp@3': arp has no cut-off",
        "--confidence| 95| level must be between 0 and 1, got 95.0",
        "--resamples| -1| resamples must be 0 or more, got -1",
        "--permutations| 0| permutations must be 1 or more, got 0"
      })
  void aFaultyOptionIsTold(String option, String value, String message) throws IOException {
    int status = evaluate("-p", file("run.tsv", RUN), option, value);

    assertThat(err.toString().strip())
        .isEqualTo("rankline: " + message + "\nrun 'rankline help evaluate' for its options");
    assertThat(status).isEqualTo(2);
  }

  @Test
  void countingAsOneIsRefusedForMetricsWithoutABest() throws IOException {
    int status = evaluate("-p", file("run.tsv", RUN), "-m", "mrr,dcg@5", "--empty-lists", "one");

    assertThat(err.toString()).contains("dcg@5 has no best value of 1");
    assertThat(status).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void helpNamesEveryMetric(MetricKey key) {
    assertThat(evaluate("--help")).isZero();
    assertThat(printed()).containsPattern("[\\s,]" + key.wireName() + "[,.\\s]");
  }
}
