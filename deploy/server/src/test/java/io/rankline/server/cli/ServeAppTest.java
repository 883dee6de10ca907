package io.rankline.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class ServeAppTest {

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "--port 0|say what to serve, by either --model-base-path or --model-config-file",
        "--model-base-path /m --model-config-file /f|say what to serve, by either"
            + " --model-base-path or --model-config-file",
        "--model-base-path /m --model-name a/b|name must be one character or more, without '/' and"
            + " ':', got 'a/b'",
        "--model-base-path /m --port 70000|port must be from 0 to 65535, got 70000",
        "--model-base-path /m --max_queued_requests=0|max-queued-requests must be 1 or more, got 0",
        "--model-base-path /m --tls-cert /c|--tls-cert and --tls-key must be given together",
        "--model-base-path /m --file-system-poll-wait-seconds -1|file-system-poll-wait-seconds must"
            + " be 0 or more, got -1",
        "--model-base-path /m --batching-parameters-file /b|batching-parameters-file needs"
            + " --enable-batching, as in TensorFlow Serving",
        "--model-base-path /m --warm-up-ms -1|warm-up-ms must be 0 or more, got -1",
        "--model-base-path /m --grpc-port 0|grpc-port needs the jar rankline-server-grpc on the"
            + " class path, and what it brings; deploy/local/rankline has them there",
        "--model-base-path /m --nonsense|Unknown option: '--nonsense'",
      })
  void wrongUsageIsToldInOneLine(String arguments, String fault) {
    StringWriter err = new StringWriter();
    CommandLine commandLine = new ServeApp().commandLine().setErr(new PrintWriter(err));

    int status = commandLine.execute(ServeApp.withDashes(arguments.split(" ")));

    assertThat(err.toString().lines())
        .containsExactly("rankline: " + fault, "run 'rankline serve --help' for its options");
    assertThat(status).isEqualTo(2);
  }

  @Test
  void aFileOfModelsThatIsMissingIsNamed() {
    StringWriter err = new StringWriter();
    CommandLine commandLine = new ServeApp().commandLine().setErr(new PrintWriter(err));

    assertThat(commandLine.execute("--model-config-file", "/nowhere/models.config")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly("rankline: model-config-file /nowhere/models.config is missing");
  }

  @Test
  void namesOfOptionsMayHaveUnderscoresAndValuesKeepThem() {
    assertThat(ServeApp.withDashes(new String[] {"--model_name=my_model", "--port", "1_0"}))
        .containsExactly("--model-name=my_model", "--port", "1_0");
  }

  @Test
  void everyOptionAndCommandOfTheDocumentIsKnown() throws IOException {
    String page = Files.readString(Path.of("../../docs/serving.md"));
    List<String> commands =
        page.replace("\\\n", " ")
            .lines()
            .filter(line -> line.contains("deploy/local/rankline serve "))
            .map(line -> line.substring(line.indexOf(" serve ") + 7).replaceAll(" +[#&].*", ""))
            .toList();
    assertThat(commands).isNotEmpty();
    for (String command : commands) {
      assertThatCode(
              () ->
                  new ServeApp()
                      .commandLine()
                      .parseArgs(ServeApp.withDashes(command.strip().split(" +"))))
          .as(command)
          .doesNotThrowAnyException();
    }
    CommandLine commandLine = new ServeApp().commandLine();
    commandLine.getCommandSpec().options().stream()
        .map(CommandLine.Model.OptionSpec::longestName)
        .filter(name -> !name.equals("--help") && !name.equals("--version"))
        .forEach(name -> assertThat(page).contains("`" + name + "`"));
  }
}
