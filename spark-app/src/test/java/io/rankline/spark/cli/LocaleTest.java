package io.rankline.spark.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files and numbers do not depend on the language of the machine, not even on its digits. */
class LocaleTest {

  private static final Locale OWN = Locale.getDefault();

  /** Times, host and process in names of event files. */
  private static final Pattern NAMED_BY_CHANCE = Pattern.compile("(?<=tfevents\\.)[0-9]{10}.*");

  private static final Pattern TIMES = Pattern.compile("[0-9.,]+(?= (s|ms|[kM]B/s|lists/s))");

  @TempDir private static Path folder;

  private static Outcome expected;

  private record Outcome(List<String> files, List<String> output) {}

  @BeforeAll
  static void runWithoutLanguage() throws IOException {
    Locale.setDefault(Locale.ROOT);
    expected = run(Files.createDirectory(folder.resolve("root")));
    Locale.setDefault(OWN);
  }

  @AfterEach
  void ownLocale() {
    Locale.setDefault(OWN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG-u-nu-arab", "fa-IR-u-nu-arabext", "tr-TR", "de-DE"})
  void everyFileAndNumberIsTheSame(String language) throws IOException {
    Locale.setDefault(Locale.forLanguageTag(language));

    Outcome outcome = run(Files.createDirectory(folder.resolve(language)));

    assertThat(outcome.files()).isEqualTo(expected.files());
    assertThat(outcome.output()).isEqualTo(expected.output());
  }

  @Test
  void executorsNameFilesWithDigitsThatAnyoneReads() throws IOException, InterruptedException {
    assertThat(printedBy("")).isEqualTo("part-\u0660\u0660\u0660\u0660\u0667");
    assertThat(printedBy(SparkApplication.executorOptions(""))).isEqualTo("part-00007");
  }

  @Test
  void optionsOfExecutorsThatAreGivenComeLast() {
    assertThat(SparkApplication.executorOptions("-Xss2m -Duser.language.format=ar"))
        .isEqualTo("-Duser.language.format=en -Xss2m -Duser.language.format=ar");
  }

  /** Prints a number as Spark does in names of files. */
  static final class NamedFile {
    public static void main(String[] arguments) {
      new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8)
          .print("part-" + String.format(Locale.getDefault(Locale.Category.FORMAT), "%05d", 7));
    }
  }

  private static String printedBy(String options) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=ar",
                "-Duser.country=EG"));
    if (!options.isEmpty()) {
      command.addAll(List.of(options.split(" ", -1)));
    }
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), NamedFile.class.getName()));
    Process process = new ProcessBuilder(command).redirectError(Redirect.INHERIT).start();
    String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).isZero();
    return printed;
  }

  private static Outcome run(Path in) throws IOException {
    Path configuration = SmallRun.write(in);
    List<String> output = new ArrayList<>();
    output.add(ended(in, "train", configuration));
    output.add(ended(in, "train", configuration, "--set", "pipeline.num_epochs=3"));
    Path valid = in.resolve("data/valid");
    Path best = in.resolve("model/best");
    output.add(
        ended(
            in,
            "convert",
            "--from",
            "elwc",
            "--to",
            "libsvm",
            "--input",
            valid,
            "--output",
            in.resolve("libsvm"),
            "--number-queries",
            "--shards",
            "1"));
    output.add(ended(in, "evaluate", "--model", best, "--data", valid));
    output.add(
        ended(in, "export", "--model-dir", in.resolve("model"), "--output", in.resolve("x")));
    try (Stream<Path> files = Files.walk(in)) {
      return new Outcome(
          files
              .map(file -> NAMED_BY_CHANCE.matcher(in.relativize(file).toString()).replaceAll("?"))
              .sorted()
              .toList(),
          output);
    }
  }

  private static String ended(Path in, Object... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.status()).as(run.err()).isZero();
    return TIMES.matcher(run.out().replace(in.toString(), "DIR")).replaceAll("?");
  }
}
