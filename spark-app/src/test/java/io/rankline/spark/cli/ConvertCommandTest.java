package io.rankline.spark.cli;

import static io.rankline.spark.testing.RecordFile.bytes;
import static io.rankline.spark.testing.RecordFile.example;
import static io.rankline.spark.testing.RecordFile.floats;
import static io.rankline.spark.testing.RecordFile.ints;
import static io.rankline.spark.testing.RecordFile.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.rankline.io.libsvm.LibSvmItem;
import io.rankline.io.proto.Example;
import io.rankline.io.proto.ExampleListWithContext;
import io.rankline.io.proto.Feature;
import io.rankline.spark.testing.LocalSpark;
import io.rankline.spark.testing.RecordFile;
import io.rankline.testing.LoggedLines;
import io.rankline.testing.SharedFolder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.internal.SQLConf;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class ConvertCommandTest {

  /** Lines of queries mixed, ids missing and twice, comments, a blank line. */
  private static final String LINES =
      """
      # a comment
      2 qid:10 1:0.5 3:-1.25 # first of 10
      0 qid:2 2:7

      1 qid:10 3:1 3:2 1:4
      0 qid:7
      4 qid:2 1:1e-3 2:3.4e38
      """;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @Test
  void filesOfScikitLearnAndLightGbmAreConvertedAsTheyAre() throws IOException {
    Path data = Files.createDirectory(folder.resolve("theirs"));
    Files.writeString(data.resolve("a.train"), "2 0:1 1:5\n0 0:2\n1 0:3\n");
    Files.writeString(data.resolve("a.train.query"), "1\n2\n");
    Files.writeString(data.resolve("b.train"), "1 2:4\n");
    Files.writeString(data.resolve("b.train.query"), "1\n");
    Path elwc = folder.resolve("theirs-elwc");
    Path back = folder.resolve("theirs-back");

    CommandRun run =
        convert(
            "libsvm", "elwc", data + "/*.train", elwc, "--zero-based", "--query-file", "*.query");
    convert("elwc", "libsvm", elwc, back, "--shards", 1);

    assertThat(run.err()).isEmpty();
    assertThat(Files.readAllLines(back.resolve("part-00000-of-00001.txt")))
        .containsExactlyInAnyOrder("2 qid:1 1:1 2:5", "0 qid:2 1:2", "1 qid:2 1:3", "1 qid:3 3:4");
  }

  @Test
  void optionsOfLibSvmAreForLibSvm() {
    CommandRun run = convert("csv", "elwc", folder, folder.resolve("out"), "--zero-based");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--zero-based and --query-file are for libsvm, not csv");
  }

  @Test
  void linesOfAQueryComeTogetherInTheirOrder() throws IOException {
    Path text = Files.writeString(folder.resolve("data.txt"), LINES);
    Path elwc = folder.resolve("elwc");
    Path back = folder.resolve("back");

    CommandRun there = convert("libsvm", "elwc", text, elwc, "--shards", 1);
    convert("elwc", "libsvm", elwc, back);

    assertThat(there.err()).isEmpty();
    assertThat(there.out()).startsWith("wrote 3 lists to " + elwc + " (read ");
    assertThat(files(elwc)).containsExactly("part-00000-of-00001.tfrecord");
    assertThat(Files.readString(back.resolve("part-00000-of-00001.txt")))
        .isEqualTo(
            """
            0 qid:2 2:7
            4 qid:2 1:0.001 2:3.4E38
            0 qid:7
            2 qid:10 1:0.5 3:-1.25
            1 qid:10 1:4 3:2
            """);
  }

  @Test
  void aCellThatIsNoNumberMakesNoTextOfAColumnOfNumbers() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("items.csv"), "qid,utility,price\n1,1,2.5\n1,0,NA\n2,1,nan\n2,0,4\n");

    CommandRun refused = convert("csv", "elwc", csv, folder.resolve("refused"));
    CommandRun taken =
        convert("csv", "elwc", csv, folder.resolve("lists"), "--data-option", "missing=NA, nan");

    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err())
        .contains(
            "column 'price' is 'NA', which is no number (where it stands for a missing one, CSV's"
                + " option missing=NA says so); the row is");
    assertThat(taken.status()).as(taken.err()).isZero();
    assertThat(RecordFile.read(folder.resolve("lists")))
        .flatExtracting(ExampleListWithContext::getExamplesList)
        .extracting(item -> item.getFeatures().getFeatureMap().get("price"))
        .containsExactly(floats(2.5f), null, null, floats(4));
  }

  @Test
  void aWordAmongOtherWordsLeavesAColumnText() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("items.csv"), "qid,utility,colour\n1,1,red\n1,0,7\n2,1,NA\n2,0,blue\n");

    CommandRun run = convert("csv", "elwc", csv, folder.resolve("lists"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(RecordFile.read(folder.resolve("lists")))
        .flatExtracting(ExampleListWithContext::getExamplesList)
        .extracting(item -> item.getFeatures().getFeatureMap().get("colour"))
        .containsExactly(texts("red"), texts("7"), texts("NA"), texts("blue"));
  }

  /** 16777217 is 2^24 + 1, the first whole number that is no float32. */
  @Test
  void wholeNumbersThatNoFloatHoldsKeepTheirDigitsAndAQueryIsANameThoughItHasAPoint()
      throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("items.csv"),
            "qid,utility,price,clicks\n123456789.0,1,16777217,3\n123456790.0,0,16777218,4\n");

    CommandRun run = convert("csv", "elwc", csv, folder.resolve("lists"), "--shards", 1);

    assertThat(run.out()).startsWith("wrote 2 lists to ");
    List<ExampleListWithContext> lists = RecordFile.read(folder.resolve("lists"));
    assertThat(lists)
        .extracting(list -> list.getContext().getFeatures().getFeatureMap().get("qid"))
        .containsExactly(ints(123456789), ints(123456790));
    assertThat(lists)
        .flatExtracting(ExampleListWithContext::getExamplesList)
        .extracting(item -> item.getFeatures().getFeatureMap().get("price"))
        .containsExactly(ints(16777217), ints(16777218));
    assertThat(lists)
        .flatExtracting(ExampleListWithContext::getExamplesList)
        .extracting(item -> item.getFeatures().getFeatureMap().get("clicks"))
        .containsExactly(floats(3), floats(4));
  }

  @Test
  void idsThatAreNoTextStayDifferentAndAreNoColumnsOfText() {
    Path items = folder.resolve("items.tfrecord");
    RecordFile.write(
        items,
        example("qid", bytes(0xff), "utility", ints(1), "f", floats(1)),
        example("qid", bytes(0xfe), "utility", ints(0), "f", floats(2)));

    CommandRun lists = convert("tfexample", "elwc", items, folder.resolve("lists"));
    CommandRun table = convert("tfexample", "parquet", items, folder.resolve("table"));

    assertThat(lists.out()).startsWith("wrote 2 lists to ");
    assertThat(table.status()).isEqualTo(1);
    assertThat(table.err())
        .contains(
            "feature 'qid' holds bytes that are no UTF-8 text, which a column of text cannot hold");
    assertThat(folder.resolve("table")).doesNotExist();
  }

  @Test
  void itemsOfAQueryThatLieInSeveralFilesAreOneListUnlessFilesAreKeptApart() throws IOException {
    Path text = Files.createDirectory(folder.resolve("text"));
    Files.writeString(text.resolve("a.txt"), "2 qid:1 1:1\n0 qid:2 1:2\n");
    Files.writeString(text.resolve("b.txt"), "1 qid:2 1:3\n0 qid:3 1:4\n");

    CommandRun joined;
    CommandRun apart;
    List<String> said;
    try (LoggedLines log = new LoggedLines("io.rankline.spark.convert")) {
      joined = convert("libsvm", "elwc", text, folder.resolve("joined"));
      said = log.messages();
      apart =
          convert(
              "libsvm", "elwc", text, folder.resolve("apart"), "--queries-across-files", "apart");
      assertThat(log.messages()).as("nothing more").isEqualTo(said);
    }

    assertThat(joined.out()).startsWith("wrote 3 lists to ");
    assertThat(said)
        .containsExactly(
            "'%s': 1 query has items in several files, as query 2 in file:%s and file:%s; it is joined,"
                    .formatted(text, text.resolve("a.txt"), text.resolve("b.txt"))
                + " and --queries-across-files apart makes a list of each file's items");
    assertThat(apart.out()).startsWith("wrote 4 lists to ");
    CommandRun back = convert("elwc", "libsvm", folder.resolve("apart"), folder.resolve("back"));
    assertThat(back.err())
        .startsWith(
            "rankline: several lists are of one query, as '2': as rows of libsvm they would come"
                + " back as one list; --number-queries tells lists apart, and elwc, eie and seq"
                + " hold them");
    assertThat(folder.resolve("back")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(
      strings = {
        "clueweb09/train.txt.gz",
        "clueweb09/test.txt.gz",
        "lambdarank_sample/train.txt.gz",
        "lambdarank_sample/test.txt.gz",
        "elwc_sample/train.txt",
        "elwc_sample/vali.txt",
      })
  void elwcAndBackIsTheIdentity(String file) {
    Path text = SharedFolder.require("data/" + file);
    Path elwc = folder.resolve("elwc");
    Path back = folder.resolve("back");

    convert("libsvm", "elwc", text, elwc, "--shards", 3, "--compression", "gzip");
    convert("elwc", "libsvm", elwc, back, "--compression", "gzip");

    assertThat(queries(back)).isEqualTo(queries(text)).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eie", "seq"})
  void theOtherFormatsOfListsKeepTheIdentity(String format) throws IOException {
    Path text = Files.writeString(folder.resolve("in.txt"), "2 qid:1 1:1 2:2\n0 qid:1 1:3 2:4\n");
    Path there = folder.resolve("there");
    Path elwc = folder.resolve("elwc");
    Path back = folder.resolve("back");

    convert("libsvm", format, text, there, "--shards", 1);
    convert(format, "elwc", there, elwc);
    CommandRun run = convert("elwc", "libsvm", elwc, back);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(queries(back)).isEqualTo(queries(text)).isNotEmpty();
  }

  @ParameterizedTest(name = "{0}, {1} queries")
  @CsvSource({"train, 49", "test, 12"})
  void dataFramesInBetweenKeepTheIdentity(String part, int queries) {
    Path text = SharedFolder.require("data/clueweb09/%s.txt.gz".formatted(part));
    Path elwc = folder.resolve("elwc");
    Path rewritten = folder.resolve("rewritten");
    Path back = folder.resolve("back");

    convert("libsvm", "elwc", text, elwc, "--shards", 2);
    LocalSpark.session()
        .read()
        .format("elwc")
        .load(elwc.toString())
        .write()
        .format("elwc")
        .save(rewritten.toString());
    convert("elwc", "libsvm", rewritten, back);

    assertThat(queries(back)).isEqualTo(queries(text)).hasSize(queries);
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"train", "vali", "test"})
  void theTwinsOfTensorFlowHoldTheSameItems(String name) {
    Path text = SharedFolder.require("data/elwc_sample/" + name + ".txt");
    Path twin = SharedFolder.require("data/elwc_sample/" + name + "_numerical_elwc.tfrecord");
    Path back = folder.resolve("back");

    CommandRun run = convert("elwc", "libsvm", twin, back, "--number-queries");

    assertThat(run.err()).isEmpty();
    assertThat(new ArrayList<>(withoutQuery(queries(back))))
        .isEqualTo(new ArrayList<>(withoutQuery(queries(text))))
        .isNotEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"csv", "parquet", "tfexample"})
  void rowsOfItemsAndBackIsTheIdentity(String format) throws IOException {
    Path text = Files.writeString(folder.resolve("data.txt"), LINES);
    Path elwc = folder.resolve("elwc");
    Path rows = folder.resolve("rows");
    Path again = folder.resolve("again");
    Path back = folder.resolve("back");

    convert("libsvm", "elwc", text, elwc, "--shards", 2);
    CommandRun there = convert("elwc", format, elwc, rows);
    CommandRun andBack = convert(format, "elwc", rows, again, "--shards", 1);
    convert("elwc", "libsvm", again, back);

    assertThat(there.err() + andBack.err()).isEmpty();
    assertThat(queries(back)).isEqualTo(queries(text));
    assertThat(files(rows)).noneMatch(name -> name.startsWith("_") || name.endsWith(".crc"));
  }

  @Test
  void tablesNameWhatTheyCannotFind() throws IOException {
    Path csv = Files.writeString(folder.resolve("data.csv"), "query,price,stars\n1,2.5,3\n");

    CommandRun run =
        convert("csv", "elwc", csv, folder.resolve("out"), "--context-columns", "region");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            ("rankline: csv:%s: there is no column 'qid' to hold the query; --query-column, or"
                    + " group_column in a configuration, names it, columns are query, price, stars;"
                    + " --context-columns: there is no column 'region'\n")
                .formatted(csv));
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void aLabelThatIsNamedHasToBeThere() throws IOException {
    Path csv = Files.writeString(folder.resolve("data.csv"), "qid,price,stars\n1,2.5,3\n");

    CommandRun named =
        convert("csv", "elwc", csv, folder.resolve("out"), "--label-column", "grade");
    CommandRun unnamed = convert("csv", "elwc", csv, folder.resolve("unnamed"));

    assertThat(named.status()).isEqualTo(2);
    assertThat(named.err())
        .startsWith(
            "rankline: csv:%s: --label-column: there is no column 'grade', columns are qid, price, stars"
                .formatted(csv));
    assertThat(folder.resolve("out")).doesNotExist();
    assertThat(unnamed.status()).as(unnamed.err()).isZero();
  }

  @Test
  void columnsOfATableKeepTheirRoles() throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("data.csv"),
            """
            query,region,price,stars,title
            b,eu,2.5,3,shoe
            a,us,1,0,
            b,eu,,1,"red, shoe"
            """);
    Path elwc = folder.resolve("elwc");
    Path spec = folder.resolve("spec.conf");

    convert(
        "csv",
        "elwc",
        csv,
        elwc,
        "--query-column",
        "query",
        "--context-columns",
        "region",
        "--label-column",
        "stars");
    CommandRun.of("inspect", elwc, "--label", "stars", "--spec-out", spec);

    assertThat(Files.readString(spec))
        .doesNotContain("\"query\"")
        .contains("\"region\" { kind = fixed_len, dtype = string")
        .contains("\"price\" { kind = fixed_len, dtype = float32")
        .contains("\"title\" { kind = fixed_len, dtype = string")
        .contains("label { name = \"stars\", kind = fixed_len, dtype = int64");
  }

  @Test
  void aTableHasTheColumnsOfItsRecordsAndNoOther() throws IOException {
    Path text = Files.writeString(folder.resolve("in.txt"), "2 qid:1 1:1 2:2\n0 qid:1 1:3 2:4\n");
    convert("libsvm", "elwc", text, folder.resolve("elwc"));

    CommandRun run =
        convert("elwc", "csv", folder.resolve("elwc"), folder.resolve("csv"), "--shards", 1);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(LocalSpark.session().read().option("header", true).csv(folder + "/csv").columns())
        .containsExactlyInAnyOrder("qid", "utility", "custom_features_1", "custom_features_2");
  }

  @Test
  void timesAreTextWhereverCsvIsReadAgain() throws IOException {
    String lines = "qid,seen,day\n1,2026-11-29T01:02:03.5Z,2026-02-28\n";
    Path csv = Files.writeString(folder.resolve("data.csv"), lines);
    Path back = folder.resolve("back");

    CommandRun there = convert("csv", "elwc", csv, folder.resolve("elwc"));
    convert("elwc", "csv", folder.resolve("elwc"), back, "--shards", 1);
    CommandRun again = convert("csv", "elwc", back, folder.resolve("again"));

    assertThat(there.err() + again.err()).isEmpty();
    assertThat(RecordFile.read(folder.resolve("again")))
        .isEqualTo(RecordFile.read(folder.resolve("elwc")));
    assertThat(RecordFile.read(folder.resolve("elwc")).get(0).toString())
        .contains("2026-11-29T01:02:03.5Z", "2026-02-28");
  }

  @Test
  void columnsThatNoFeatureCanHoldAreLeftOutWhereAsked() {
    Path table = folder.resolve("table");
    LocalSpark.session()
        .sql("SELECT 1L qid, 2 utility, 0.5f price, DATE'2026-02-28' day, map('a', 1) counts")
        .write()
        .parquet(table.toString());

    CommandRun refused = convert("parquet", "elwc", table, folder.resolve("out"));
    CommandRun misspelt =
        convert("parquet", "elwc", table, folder.resolve("out"), "--drop-columns", "dya");
    CommandRun run =
        convert("parquet", "elwc", table, folder.resolve("out"), "--drop-columns", "day,counts");

    assertThat(refused.err())
        .contains(
            "column 'day' is of type date; make it a number or a string first, or leave it out:"
                + " --drop-columns day");
    assertThat(misspelt.err())
        .startsWith("rankline: --drop-columns: there is no column 'dya'; columns are day, ");
    assertThat(run.status()).as(run.err()).isZero();
    assertThat(RecordFile.read(folder.resolve("out")).get(0).toString())
        .contains("price")
        .doesNotContain("day", "counts");
  }

  @ParameterizedTest
  @ValueSource(strings = {"elwc", "eie", "seq"})
  void numberedListsKeepTheRestOfTheirContextInOneField(String format) throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("data.csv"),
            "qid,country,price,utility\n7,de,1.5,1\n7,de,2.5,0\n8,fr,1,2\n");
    convert("csv", "elwc", csv, folder.resolve("elwc"), "--context-columns", "country");
    convert("elwc", format, folder.resolve("elwc"), folder.resolve(format + "_"));

    CommandRun run =
        convert(
            format,
            "elwc",
            folder.resolve(format + "_"),
            folder.resolve("out"),
            "--number-queries");

    assertThat(run.status()).as(run.err()).isZero();
    List<Map<String, Feature>> contexts = new ArrayList<>();
    for (byte[] record : RecordFile.readBytes(folder.resolve("out"))) {
      contexts.add(lastContext(record).getFeatures().getFeatureMap());
    }
    assertThat(contexts)
        .containsExactlyInAnyOrder(
            Map.of("qid", RecordFile.ints(1), "country", RecordFile.texts("de")),
            Map.of("qid", RecordFile.ints(2), "country", RecordFile.texts("fr")));
  }

  /** The context as a decoder sees it that takes the last field of it. */
  private static Example lastContext(byte[] record) throws IOException {
    CodedInputStream in = CodedInputStream.newInstance(record);
    Example last = Example.getDefaultInstance();
    for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
      if (WireFormat.getTagFieldNumber(tag) == ExampleListWithContext.CONTEXT_FIELD_NUMBER) {
        last = Example.parseFrom(in.readByteArray());
      } else {
        in.skipField(tag);
      }
    }
    return last;
  }

  @Test
  void cellsAtFaultAreNamedWithTheirColumn() throws IOException {
    Path csv = Files.writeString(folder.resolve("data.csv"), "qid,price\n1,2.5\n1,NaN\n");

    CommandRun run = convert("csv", "elwc", csv, folder.resolve("out"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "rankline: file:%s: line 3: query '1': column 'price' is NaN; the row is {qid=1, price=NaN}\n"
                .formatted(csv));
    assertThat(files(folder)).containsExactly("data.csv");
  }

  /** Spark reads blocks of a file side by side; each begins behind the line that it is cut in. */
  @Test
  void theLineOfACellAtFaultIsThatOfTheFileWhateverBlockItIsIn() throws IOException {
    StringBuilder text = new StringBuilder("qid,price\n");
    for (int line = 2; line <= 2000; line++) {
      text.append(line % 100 == 0 ? "\n" : line == 1777 ? "7,inf\n" : line + ",0.5\n");
    }
    Path csv = Files.writeString(folder.resolve("data.csv"), text);
    SQLConf conf = LocalSpark.session().sessionState().conf();

    conf.setConfString("spark.sql.files.maxPartitionBytes", "4096");
    CommandRun run = convert("csv", "elwc", csv, folder.resolve("out"));
    conf.unsetConf("spark.sql.files.maxPartitionBytes");

    assertThat(run.err()).startsWith("rankline: file:%s: line 1777: query '7'".formatted(csv));
  }

  @Test
  void aContextThatDiffersWithinAQueryIsNamedWithBothValues() throws IOException {
    Path csv = Files.writeString(folder.resolve("data.csv"), "qid,age,price\n1,30,2\n1,31,3\n");

    CommandRun run = convert("csv", "elwc", csv, folder.resolve("out"), "--context-columns", "age");

    assertThat(run.err())
        .isEqualTo(
            "rankline: query '1': 'age' is of the context, but differs among the items of the"
                + " query: [30] and [31]\n");
  }

  @Test
  void recordsAtFaultAreNamedWithTheirPlace() throws IOException {
    Path text = Files.writeString(folder.resolve("data.txt"), LINES);
    Path elwc = folder.resolve("elwc");
    convert("libsvm", "elwc", text, elwc, "--shards", 1);
    Path file = elwc.resolve("part-00000-of-00001.tfrecord");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 3));

    CommandRun run = convert("elwc", "libsvm", file, folder.resolve("out"));
    CommandRun skipping =
        convert(
            "elwc",
            "libsvm",
            file,
            folder.resolve("rest"),
            "--on-corrupt-record",
            "skip",
            "--max-corrupt-share",
            1);
    CommandRun tooMuch =
        convert("elwc", "libsvm", file, folder.resolve("much"), "--on-corrupt-record", "skip");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("rankline: file:%s: record 2 at byte ".formatted(file))
        .hasLineCount(1);
    assertThat(skipping.out())
        .startsWith("skipped file:%s: record 2 at byte ".formatted(file))
        .contains("wrote 2 lists to ");
    assertThat(tooMuch.status()).isEqualTo(1);
    assertThat(tooMuch.err())
        .containsPattern(
            "rankline: 'elwc:%s': \\d\\d\\.\\d\\d %% of the bytes cannot be read, more than"
                    .formatted(file)
                + " max_corrupt_share = 0.01, as file:%s: record 2 at byte ".formatted(file));
    assertThat(folder.resolve("much")).doesNotExist();
  }

  @Test
  void aQueryIsInOnePartAndThePartsHoldAllQueries() throws IOException {
    Path log = folder.resolve("log");
    CommandRun.of("generate", "--lists", 60, "--max-list-size", 3, "--output", log);
    Path once = folder.resolve("once");
    Path again = folder.resolve("again");
    Object[] split = {"--split", "train=0.6,vali=0.2,test=0.2", "--seed", 9, "--shards", 2};

    convert("elwc", "libsvm", log, once, split);
    convert(
        "elwc", "libsvm", log.resolve("*0-of*") + "," + log.resolve("*[1-3]-of*"), again, split);

    Map<Long, List<String>> all = new TreeMap<>();
    for (String part : List.of("train", "vali", "test")) {
      assertThat(files(once.resolve(part)))
          .containsExactly("part-00000-of-00002.txt", "part-00001-of-00002.txt");
      Map<Long, List<String>> held = queries(once.resolve(part));
      assertThat(held).isNotEmpty().doesNotContainKeys(all.keySet().toArray(new Long[0]));
      assertThat(queries(again.resolve(part))).isEqualTo(held);
      all.putAll(held);
    }
    assertThat(all).hasSize(60);
  }

  @Test
  void aSpecSaysWhatIsKept() throws IOException {
    Path text = Files.writeString(folder.resolve("data.txt"), LINES);
    Path spec =
        Files.writeString(
            folder.resolve("spec.conf"),
            """
            context { qid { dtype = int64 } }
            example { custom_features_1 { dtype = float32, default = 9 } }
            label { name = utility, dtype = int64 }
            """);
    Path elwc = folder.resolve("elwc");
    Path back = folder.resolve("back");

    CommandRun run = convert("libsvm", "elwc", text, elwc, "--shards", 1, "--spec", spec);
    convert("elwc", "libsvm", elwc, back);

    assertThat(run.err()).isEmpty();
    assertThat(Files.readString(back.resolve("part-00000-of-00001.txt")))
        .isEqualTo(
            """
            0 qid:2 1:9
            4 qid:2 1:0.001
            0 qid:7 1:9
            2 qid:10 1:0.5
            1 qid:10 1:4
            """);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "1 qid:-3 1:1; qid must be an integer of 0 or more, got '-3'",
        "1 qid:2.5 1:1; qid must be an integer of 0 or more, got '2.5'",
        "1 qid:abc 1:1; qid must be an integer of 0 or more, got 'abc'",
        "1 qid:4 1:nan; feature '1' must be a number, got 'nan'",
      })
  void linesAtFaultAreNamedWithTheirPlace(String line, String fault) throws IOException {
    Path text = Files.writeString(folder.resolve("data.txt"), "0 qid:1 1:1\n" + line + "\n");

    CommandRun run = convert("libsvm", "elwc", text, folder.resolve("out"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("rankline: file:%s: line 2 at byte 12: %s\n".formatted(text, fault));
    assertThat(files(folder)).containsExactly("data.txt");
  }

  @Test
  void linesAtFaultAreCountedAndLeftOutWhenAsked() throws IOException {
    Path text =
        Files.writeString(folder.resolve("data.txt"), "0 qid:1 1:1\n1 qid:x\n1.5 qid:1 1:1\n");

    CommandRun run =
        convert(
            "libsvm",
            "elwc",
            text,
            folder.resolve("out"),
            "--on-corrupt-record",
            "skip",
            "--max-corrupt-share",
            1);

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("line 2 at byte 12: qid must be an integer of 0 or more, got 'x'\n")
        .contains(": item 2 of query 1: label 1.5 is no integer; pass --label-dtype float32\n")
        .contains("wrote 1 lists to ");
  }

  @Test
  void listsWithoutQueryAreNoLines() {
    Path twin = SharedFolder.require("data/elwc_sample/vali_numerical_elwc.tfrecord");

    CommandRun run = convert("elwc", "libsvm", twin, folder.resolve("out"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "rankline: file:%s: list 0: the list has no context feature 'qid' to be its query;"
                    .formatted(twin)
                + " --query-column names another, --number-queries numbers lists\n");
  }

  @Test
  void refusesWhatTheTargetHasNoPlaceForUnlessItIsLeftOut() {
    Path log = folder.resolve("log");
    CommandRun.of(
        "generate", "--lists", 4, "--max-list-size", 3, "--with-true-utility", "--output", log);

    CommandRun run = convert("elwc", "libsvm", log, folder.resolve("out"));

    CommandRun without =
        convert("elwc", "libsvm", log, folder.resolve("out"), "--drop-columns", "true_utility");
    CommandRun unknown =
        convert("elwc", "eie", log, folder.resolve("eie"), "--drop-columns", "true_utilty");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: libsvm has no place for 'true_utility'; leave out what is not needed:"
                + " --drop-columns true_utility\n");
    assertThat(without.out()).startsWith("wrote 4 lists");
    assertThat(unknown.err())
        .contains("--drop-columns: no record of 'elwc:")
        .contains("'true_utilty'");
    assertThat(folder.resolve("eie")).doesNotExist();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "a, ""b"" c"  | a, "b" c
          "a \\"b\\", c"  | a "b", c
          \"""q"", z"    | "q", z
          "24\\""        | 24"
          "C:\\, D:\\"   | C:\\, D:\\
          """)
  void quotesOfCsvAreReadAsMostToolsWriteThemAndAsSparkDoes(String cell, String text)
      throws IOException {
    Path csv =
        Files.writeString(
            folder.resolve("items.csv"), "qid,title,utility\n1," + cell + ",1\n1,b,0\n");

    CommandRun run = convert("csv", "elwc", csv, folder.resolve("lists"));

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(RecordFile.read(folder.resolve("lists")))
        .flatExtracting(ExampleListWithContext::getExamplesList)
        .extracting(item -> item.getFeatures().getFeatureMap().get("title"))
        .containsExactly(texts(text), texts("b"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --data-option a=b            | --data-option is for tables, and elwc is none
          --context-columns day        | --context-columns is for items, and elwc says itself
          --feature-name-pattern f%d   | --feature-name-pattern is for libsvm, which is neither
          --label-dtype float32        | --label-dtype has no effect, as records have types
          --queries-across-files apart | --queries-across-files is for items, and these are lists
          --max-corrupt-share 0.5      | --max-corrupt-share goes with --on-corrupt-record skip
          --drop-columns qid           | --drop-columns names 'qid', which is the query
          """)
  void refusesOptionsThatWouldDoNothing(String option, String fault) {
    CommandRun run =
        convert(
            "elwc",
            "eie",
            folder.resolve("no"),
            folder.resolve("out"),
            (Object[]) option.split(" "));

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).startsWith("rankline: " + fault);
  }

  @Test
  void refusesWhatMakesNoSense() {
    Path out = folder.resolve("out");

    assertThat(convert("avro", "elwc", folder, out))
        .isEqualTo(
            wrongUsage(
                "--from: unknown format 'avro'; expected one of libsvm, elwc, eie, seq, tfexample,"
                    + " csv, parquet"));
    assertThat(convert("elwc", "elwc", folder, out, "--split", "train=0.5,test=0.4"))
        .isEqualTo(wrongUsage("--split: fractions must sum to 1, got 0.9"));
    assertThat(convert("elwc", "elwc", folder, out, "--shards", -2))
        .isEqualTo(wrongUsage("--shards must be 1 or more, got -2"));
    assertThat(convert("libsvm", "elwc", folder, out, "--label-dtype", "string"))
        .isEqualTo(wrongUsage("--label-dtype must be int64 or float32, got 'string'"));
    assertThat(convert("libsvm", "elwc", folder, out, "--number-queries"))
        .isEqualTo(wrongUsage("--number-queries needs lists, and libsvm has items"));
    assertThat(convert("elwc", "csv", folder, out, "--compression", "zlib"))
        .isEqualTo(wrongUsage("--compression of csv must be none or gzip, got 'zlib'"));
    assertThat(convert("libsvm", "elwc", folder, out, "--feature-name-pattern", "f"))
        .isEqualTo(
            wrongUsage("--feature-name-pattern must contain %d once, for the feature id, got 'f'"));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesAFolderThatHoldsSomething() throws IOException {
    Path text = Files.writeString(folder.resolve("data.txt"), LINES);
    Path out = folder.resolve("out");
    convert("libsvm", "elwc", text, out);

    CommandRun run = convert("libsvm", "elwc", text, out, "--shards", 3);
    CommandRun again = convert("libsvm", "elwc", text, out, "--shards", 3, "--overwrite");

    assertThat(run)
        .isEqualTo(
            wrongUsage(
                "output '%s' exists; name another folder or pass --overwrite".formatted(out)));
    assertThat(again.status()).isZero();
    assertThat(files(out)).hasSize(3);
  }

  @Test
  void missingInputIsAFailure() {
    CommandRun run = convert("libsvm", "elwc", folder.resolve("none"), folder.resolve("out"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo(
            "rankline: '%s' names no file (looked in file:///); check the path, and quote patterns"
                    .formatted(folder.resolve("none"))
                + " in a shell\n");
    assertThat(folder).isEmptyDirectory();
  }

  private static CommandRun wrongUsage(String message) {
    return new CommandRun(
        2, "", "rankline: " + message + "\nrun 'rankline help convert' for its options\n");
  }

  private CommandRun convert(String from, String to, Object input, Path output, Object... options) {
    List<Object> all =
        new ArrayList<>(
            List.of("convert", "--from", from, "--to", to, "--input", input, "--output", output));
    all.addAll(List.of(options));
    return CommandRun.of(all.toArray());
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Items of each query in their order, of a file or every file of a folder. */
  private static Map<Long, List<String>> queries(Path path) {
    Map<Long, List<String>> queries = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        try (BufferedReader lines = open(file)) {
          for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            LibSvmItem item = LibSvmItem.parse(line);
            if (item != null) {
              queries.computeIfAbsent(item.qid(), qid -> new ArrayList<>()).add(item.format());
            }
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return queries;
  }

  private static BufferedReader open(Path file) throws IOException {
    InputStream in = Files.newInputStream(file);
    InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(in) : in;
    return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8));
  }

  private static List<List<String>> withoutQuery(Map<Long, List<String>> queries) {
    return queries.values().stream()
        .map(lines -> lines.stream().map(line -> line.replaceFirst("qid:\\d+ ", "")).toList())
        .toList();
  }
}
