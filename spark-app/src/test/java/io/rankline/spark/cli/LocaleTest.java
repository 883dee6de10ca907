package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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
