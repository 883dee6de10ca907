package io.rankline.spark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What deploy/local/rankline does before it starts a JVM. */
class LauncherTest {

  private static final Path SCRIPT = Path.of("..", "deploy", "local", "rankline");

  @TempDir Path folder;

  @Test
  void itKnowsNoOtherCommandsThanTheApplication() throws IOException {
    Matcher spark = Pattern.compile("\n  ([a-z |]+)\\)\n").matcher(Files.readString(SCRIPT));

    assertThat(spark.find()).isTrue();
    assertThat(new RankingApp().commandLine().getSubcommands().keySet())
        .containsAll(List.of(spark.group(1).split(" \\| ", -1)));
  }

  @Test
  void aFolderThatIsNoJdkIsNamed() throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder("sh", SCRIPT.toString(), "help");
    builder.environment().put("JAVA_HOME", folder.toString());

    assertFails(builder, "JAVA_HOME has no bin/java: %s; set it to a JDK 17".formatted(folder));
  }

  private static void assertFails(ProcessBuilder builder, String fault)
      throws IOException, InterruptedException {
    Process run = builder.redirectErrorStream(true).start();
    String said = new String(run.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(run.waitFor()).isEqualTo(1);
    assertThat(said).isEqualTo("rankline: " + fault + "\n");
  }
}
