package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows and headers of CSV that Spark takes for something else, or for nothing. */
class CsvFaultsTest {

  @TempDir Path folder;

  private CommandRun convert(Path input, Object... options) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("convert", "--from", "csv", "--to", "elwc", "--input", input, "--output"));
    arguments.add(folder.resolve("out"));
    arguments.addAll(Arrays.asList(options));
    return CommandRun.of(arguments.toArray());
  }

  private Path file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\u0001',
      value = {
        "1,2.5 | the row does not fit the header and its columns: '1,2.5'",
        "1,2.5,0,9 | the row does not fit the header and its columns: '1,2.5,0,9'",
        "1,\"2.5,0 | the row does not fit the header and its columns, and its quotes do not end:"
            + " '1,\"2.5,0'",
      })
  void aRowThatDoesNotFitTheHeaderIsToldWithFileAndLine(String row, String fault)
      throws IOException {
    Path csv = file("data.csv", "qid,price,utility\n1,3.5,1\n\n%s\n2,1,0\n".formatted(row));

    CommandRun run = convert(csv);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).isEqualTo("rankline: file:%s: line 4: %s\n".formatted(csv, fault));
  }

  @Test
  void aRowThatDoesNotFitTheHeaderIsSkippedAndCountedWhenAskedTo() throws IOException {
    Path csv = file("data.csv", "qid,price,utility\n" + "1,3.5,1\n".repeat(120) + "1,2\n2,1,0\n");

    CommandRun run = convert(csv, "--on-corrupt-record", "skip");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out() + run.err())
        .contains(
            "file:%s: line 122: the row does not fit the header and its columns: '1,2'"
                .formatted(csv));
    assertThat(run.out()).contains("wrote 2 lists to ");
  }

  /** Which of the two is at fault only the user can know. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "qid,price,utility; price,qid,utility",
        "qid,price,utility; qid,price,utility,stars",
        "qid,price,utility; qid,utility",
      })
  void filesWhoseHeadersDifferAreNotReadByPosition(String one, String other) throws IOException {
    file("in/a.csv", one + "\n" + "1,".repeat(one.split(",", -1).length - 1) + "1\n");
    file("in/b.csv", other + "\n" + "1,".repeat(other.split(",", -1).length - 1) + "1\n");

    CommandRun run = convert(folder.resolve("in"));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .matches(
            "rankline: file://%s/in/[ab].csv: the header has (\\d columns, and that of another file has"
                    .formatted(folder)
                + " \\d|('.+'|no column) where that of another file has '.+'); files that are read"
                + " together need the same header\n");
  }

  @Test
  void aColumnIsNotBothTheQueryAndTheLabel() throws IOException {
    Path csv = file("data.csv", "qid,price,utility\n1,3.5,1\n");

    CommandRun run = convert(csv, "--label-column", "qid");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: 'qid' cannot be both the query and the label; name another column for one of"
                + " them");
  }

  @Test
  void aColumnThatComesTwiceIsRefused() throws IOException {
    Path csv = file("data.csv", "qid,price,utility,Price\n1,3.5,1,4\n");

    CommandRun run = convert(csv);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err())
        .startsWith(
            "rankline: csv:%s: the header has the column 'Price' twice, of which capital letters make no other; rename one of them"
                .formatted(csv));
  }

  @Test
  void aTableOfAnotherSourceIsToldByItsFirstBytes() throws IOException {
    Path csv = file("data.parquet", "qid,price,utility\n1,3.5,1\n");
    Path json = file("items.orc", "{\"qid\": 1, \"price\": 3.5, \"utility\": 1}\n");

    CommandRun parquet =
        CommandRun.of(
            "convert",
            "--from",
            "parquet",
            "--to",
            "elwc",
            "--input",
            csv,
            "--output",
            folder.resolve("a"));
    CommandRun orc = CommandRun.of("inspect", "orc:" + json);

    assertThat(parquet.status()).isEqualTo(2);
    assertThat(parquet.err())
        .startsWith(
            "rankline: file:%s is text that begins with 'qid,price,ut': name it libsvm:PATH or csv:PATH"
                .formatted(csv));
    assertThat(orc.err())
        .startsWith("rankline: file:%s is JSON: name it json:PATH".formatted(json));
  }

  @Test
  void rowsWithoutAHeaderHaveNamesOfTheirPlaces() throws IOException {
    Path csv = file("data.csv", "1,3.5,1\n1,3.5,1\n");

    CommandRun run =
        convert(
            csv, "--data-option", "Header=false", "--query-column", "_c0", "--label-column", "_c2");

    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void queriesWithZerosInFrontAreOthersThanThoseWithout() throws IOException {
    Path csv = file("data.csv", "qid,x,utility\n007,1,0\n07,2,1\n7,3,1\n7,4,0\n");

    CommandRun run = convert(csv);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("wrote 3 lists to ");
    CommandRun inspected = CommandRun.of("inspect", "csv:" + csv);
    assertThat(inspected.out()).contains("lists 3   items 4");
  }

  @Test
  void aWholeNumberBeyondInt64IsRefusedUnlessItIsAFloat() throws IOException {
    Path hashes = file("hashes.csv", "qid,id,utility\n1,3,0\n1,18446744073709551615,1\n");
    Path queries = file("queries.csv", "qid,x,utility\n18446744073709551615,3,0\n2,1,1\n");
    Path floats = file("floats.csv", "qid,x,utility\n1,100000000000000000000,0\n1,9,1\n");

    assertThat(convert(hashes).err())
        .isEqualTo(
            "rankline: file:%s: line 3: query '1': column 'id' is 18446744073709551615, whose digits neither int64 nor float32 holds; describe it as string (configuration, --spec); the row is {qid=1, id=18446744073709551615, utility=1}%n"
                .formatted(hashes));
    assertThat(convert(queries).err())
        .contains("column 'qid' is 18446744073709551615, which is no int64");
    CommandRun run = convert(floats);
    assertThat(run.status()).as(run.err()).isZero();
  }

  @Test
  void aColumnToDropIsSoughtAmongThoseOfTheFile() throws IOException {
    Path csv = file("data.csv", "qid,x,utility\n1,1,0\n");

    assertThat(convert(csv, "--drop-columns", "y").err())
        .startsWith(
            "rankline: --drop-columns: there is no column 'y'; columns are x, qid, utility%n"
                .formatted());
  }
}
