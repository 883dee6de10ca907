package io.rankline.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the paragraphs of a Zeppelin note, top to bottom, in Spark's shell. */
@Tag("spark")
class NotebookTest {

  private static final String END = "the note ran to its end";
  private static final long MINUTES = 4;

  @TempDir private Path folder;

  @Test
  void theNoteOfTheSourceRuns() throws Exception {
    Path script = script(Path.of("..", "notebooks", "elwc.zpln"));

    String output = runInShell(script);

    assertThat(output)
        .contains(END)
        .contains("|hats |2    |9.5    |")
        .contains("|hats |[[7.0], [9.5], [0.0]]   |[0, 1, -1]|")
        .doesNotContain("error:")
        .doesNotContain("Exception");
  }

  private Path script(Path note) throws IOException {
    StringBuilder script = new StringBuilder();
    for (JsonNode paragraph : new ObjectMapper().readTree(note.toFile()).get("paragraphs")) {
      String[] text = paragraph.get("text").asText().split("\n", 2);
      switch (text[0]) {
        case "%md" -> {}
        case "%spark" -> script.append(text[1]).append('\n');
        case "%spark.sql" ->
            script.append("spark.sql(\"\"\"").append(text[1]).append("\"\"\").show(false)\n");
        default -> throw new IllegalStateException("no interpreter for '%s'".formatted(text[0]));
      }
    }
    script.append("println(\"").append(END).append("\")\nSystem.exit(0)\n");
    return Files.writeString(folder.resolve("note.scala"), script);
  }

  private String runInShell(Path script) throws Exception {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // The shell compiles a few lines; compiling the compiler well takes longer.
    command.addAll(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.addAll(
        List.of(org.apache.spark.launcher.JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(
        List.of(
            "-Dscala.usejavacp=true",
            "-Dspark.master=local[2]",
            "-Dspark.ui.enabled=false",
            "-Dspark.sql.shuffle.partitions=2",
            "-cp",
            System.getProperty("java.class.path"),
            "org.apache.spark.repl.Main",
            "-I",
            script.toString()));
    Process shell =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(shell.waitFor(MINUTES, TimeUnit.MINUTES)).as("the shell ended").isTrue();
    } finally {
      shell.destroyForcibly();
    }
    return Files.readString(output);
  }
}
