package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.spark.testing.LocalSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What nobody can have meant is an error that names it, and nothing is lost or written. */
@Tag("spark")
class MistakesTest {

  private static final String RUN = "qid\tlabel\tscore\n1\t1\t0.9\n1\t0\t0.2\n";
  private static final String LINES = "2 qid:1 1:0.5\n0 qid:1 1:0.25\n1 qid:2 1:1\n0 qid:2 1:2\n";

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark() {
    LocalSpark.session();
  }

  @Test
  void oneColumnOfPredictionsIsOneThing() throws IOException {
    Path run = file("run.tsv", RUN);

    assertThat(CommandRun.of("evaluate", "-p", run, "--label-column", "score"))
        .isEqualTo(
            wrong(
                "evaluate",
                "column 'score' cannot be both the label and the score; name another for one of"
                    + " them"));
    assertThat(CommandRun.of("evaluate", "-p", run, "--label-column", "label,Label"))
        .isEqualTo(wrong("evaluate", "column 'Label' is named twice as the label"));
    assertThat(CommandRun.of("evaluate", "-p", run, "--weight-column", "QID"))
        .isEqualTo(
            wrong(
                "evaluate",
                "column 'QID' cannot be both the query and the weight; name another for one of"
                    + " them"));
  }

  @Test
  void aLabelThatIsCalledWeightIsNoWeight() throws IOException {
    Path run = file("run.tsv", RUN.replace("label", "weight"));

    CommandRun evaluated =
        CommandRun.of(
            "evaluate", "-p", run, "--label-column", "weight", "-m", "mrr", "--resamples", 0);

    assertThat(evaluated.err()).isEmpty();
    assertThat(evaluated.out()).contains("mrr     1.0000        1");
  }

  @Test
  void whatIsReadIsNotWrittenOver() throws IOException {
    Path run = file("run.tsv", RUN);
    Path lines = file("lines.txt", LINES);

    assertThat(CommandRun.of("evaluate", "-p", run, "--per-query", run))
        .isEqualTo(
            wrong(
                "evaluate",
                "--per-query would be written over '%s', which is read; name another file"
                    .formatted(run)));
    assertThat(CommandRun.of("evaluate", "--model", "m", "--data", lines, "--json", lines))
        .isEqualTo(
            wrong(
                "evaluate",
                "--json would be written over 'file:%s', which is read; name another file"
                    .formatted(lines)));
    assertThat(CommandRun.of("inspect", "libsvm:" + lines, "--conf-out", lines))
        .isEqualTo(
            wrong(
                "inspect",
                "--conf-out would be written over 'file:%s', which is read; name another file"
                    .formatted(lines)));
    assertThat(CommandRun.of("evaluate", "-p", run, "--json", "x", "--per-query", "./x"))
        .isEqualTo(wrong("evaluate", "--json and --per-query name the same file, './x'; name two"));
    assertThat(run).hasContent(RUN);
    assertThat(lines).hasContent(LINES);
  }

  @Test
  void aConversionOfNothingFails() throws IOException {
    Path out = folder.resolve("out");
    Path nothing = file("nothing", "");
    Path header = file("header.csv", "qid,utility,price\n");

    assertThat(convert("libsvm", "elwc", nothing, out))
        .isEqualTo(failed("'%s' holds no list".formatted(nothing)));
    assertThat(convert("elwc", "csv", nothing, out))
        .isEqualTo(failed("'%s' holds no list".formatted(nothing)));
    assertThat(convert("csv", "elwc", header, out))
        .isEqualTo(failed("'%s' holds no list".formatted(header)));
    assertThat(convert("csv", "elwc", file("nothing.csv", ""), out))
        .isEqualTo(
            wrong(
                "convert",
                "csv:%s/nothing.csv: there are no columns; is it empty?".formatted(folder)));
    assertThat(out).doesNotExist();
  }

  @Test
  void aConversionReadsNoFileTwiceAndReplacesNone() throws IOException {
    Path lines = file("lines.txt", LINES);
    Path other = file("other.txt", "kept");

    assertThat(convert("libsvm", "elwc", lines + "," + lines, folder.resolve("out")))
        .isEqualTo(
            failed(
                "'file:%1$s' would be read twice: '%1$s' names it, and does so again"
                    .formatted(lines)));
    assertThat(convert("libsvm", "elwc", lines, other, "--overwrite"))
        .isEqualTo(
            wrong(
                "convert",
                "output '%s' is a file, and a folder is made; name another".formatted(other)));
    assertThat(other).hasContent("kept");
  }

  @Test
  void optionsOfAConversionThatChangeNothingAreRefused() throws IOException {
    Path lines = file("lines.txt", LINES);
    Path csv = file("items.csv", "qid,utility,price\n1,2,3\n1,0,1\n");
    Path lists = folder.resolve("lists");
    convert("libsvm", "elwc", lines, lists);

    assertThat(convert("libsvm", "elwc", lines, folder.resolve("out"), "--shards", 0))
        .isEqualTo(wrong("convert", "--shards must be 1 or more, got 0"));
    assertThat(convert("elwc", "seq", lists, folder.resolve("out"), "--seed", 4))
        .isEqualTo(
            wrong(
                "convert",
                "--seed deals lists out to files or parts, for which --shards or --split asks"));
    assertThat(convert("csv", "elwc", csv, folder.resolve("out"), "--data-option", "sepp=;").err())
        .startsWith("rankline: unknown option of csv 'sepp'; did you mean 'sep'? Known: ");
    assertThat(
            convert("csv", "elwc", csv, folder.resolve("out"), "--data-option", "SEP=,").status())
        .isZero();
  }

  @Test
  void aFileOfCountsThatIsNotThereIsNamedWithItsOption() throws IOException {
    Path lines = file("lines.txt", "2 1:0.5\n");

    assertThat(convert("libsvm", "elwc", lines, folder.resolve("out"), "--query-file", "*.query"))
        .isEqualTo(
            failed(
                "query_file (--query-file), which counts the lines of each query of 'file:%1$s', cannot be read: File file:%1$s.query does not exist"
                    .formatted(lines)));
  }

  private static CommandRun convert(
      String from, String to, Object input, Path output, Object... options) {
    Object[] arguments = new Object[9 + options.length];
    System.arraycopy(
        new Object[] {"convert", "--from", from, "--to", to, "--input", input, "--output", output},
        0,
        arguments,
        0,
        9);
    System.arraycopy(options, 0, arguments, 9, options.length);
    return CommandRun.of(arguments);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static CommandRun failed(String said) {
    return new CommandRun(1, "", "rankline: " + said + "\n");
  }

  private static CommandRun wrong(String command, String said) {
    return new CommandRun(
        2, "", "rankline: %s\nrun 'rankline help %s' for its options\n".formatted(said, command));
  }
}
