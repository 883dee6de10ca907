package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of deploy/schedule: all call {@code nightly}, which makes lists and retrains. */
class ScheduleTest {

  private static final Path SCHEDULE = Built.inRepository("deploy/schedule");
  private static final String IMAGE = "/opt/rankline";
  private static final String DAY = "2026-11-29";

  @TempDir Path folder;

  /** Says with which words it was called, in the place of Rankline. */
  @BeforeEach
  void makeRecorder() throws IOException {
    script("recorder", "#!/bin/sh\nprintf '[%s] ' \"$@\"\necho\n");
    // The day that ended, whatever day it is.
    script("date", "#!/bin/sh\necho " + DAY + "\n");
  }

  @Test
  void systemdConvertsAndRetrains() throws IOException {
    String unit = Files.readString(SCHEDULE.resolve("rankline-retrain.service"));
    assertThat(unit)
        .contains("EnvironmentFile=/etc/rankline/nightly.env\n", "SuccessExitStatus=3\n");
    assertThat(Files.readString(SCHEDULE.resolve("rankline-retrain.timer")))
        .contains("OnCalendar=*-*-* 02:30:00 UTC\n", "Persistent=true\n");

    String command = unit.replaceFirst("(?s).*\nExecStart=(.*?)\n.*", "$1");

    assertThat(said(run(environment(), command)))
        .isEqualTo(night("/data/logs", "/data/lists", "/data/serving", "/data/judged"));
  }

  @Test
  void cronConvertsAndRetrains() throws IOException {
    String line =
        Files.readAllLines(SCHEDULE.resolve("crontab")).stream()
            .filter(text -> !text.startsWith("#"))
            .findFirst()
            .orElseThrow();
    assertThat(line).startsWith("30 2 * * * ");
    Path environment = folder.resolve("nightly.env");
    Files.writeString(
        environment,
        Files.readString(SCHEDULE.resolve("nightly.env"))
            .replaceFirst("RANKLINE=.*", "RANKLINE=" + folder.resolve("recorder")));

    String command =
        line.substring("30 2 * * * ".length())
            .replace("/etc/rankline/nightly.env", environment.toString());

    assertThat(said(run(Map.of(), command)))
        .isEqualTo(night("/data/logs", "/data/lists", "/data/serving", "/data/judged"));
  }

  @Test
  void aCronJobConvertsAndRetrainsByTheImage() throws IOException {
    List<JsonNode> manifests = Manifests.read(SCHEDULE.resolve("cronjob.yaml"));
    for (JsonNode manifest : manifests) {
      assertThat(Manifests.typed(manifest, manifest.get("kind").asText())).isNotNull();
    }
    JsonNode job = manifests.get(1);
    assertThat(job.at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");

    String command = job.at("/spec/jobTemplate/spec/template/spec/containers/0/command/0").asText();

    assertThat(said(run(ofImage(manifests.get(0)), command))).isEqualTo(nightOfImage());
  }

  @Test
  void aCronWorkflowConvertsAndThenRetrainsByTheImage() throws IOException {
    List<JsonNode> manifests = Manifests.read(SCHEDULE.resolve("argo.yaml"));
    assertThat(Manifests.faults(manifests.get(1))).isEmpty();
    assertThat(manifests.get(1).at("/spec/concurrencyPolicy").asText()).isEqualTo("Forbid");
    JsonNode templates = manifests.get(1).at("/spec/workflowSpec/templates");
    assertThat(templates.get(0).get("steps").findValuesAsText("template"))
        .containsExactly("convert", "retrain");

    StringBuilder said = new StringBuilder();
    for (int step = 1; step <= 2; step++) {
      JsonNode words = templates.get(step).at("/container/command");
      String command =
          String.join(
              " ", StreamSupport.stream(words.spliterator(), false).map(JsonNode::asText).toList());
      said.append(said(run(ofImage(manifests.get(0)), command)));
    }

    assertThat(said.toString()).isEqualTo(nightOfImage());
  }

  @Test
  void aDagConvertsTheDayOfItsIntervalAndThenRetrains() throws IOException {
    assumeTrue(run(Map.of(), "command -v python3").status() == 0, "there is no python3");
    Path stand = Path.of("src", "test", "resources", "airflow").toAbsolutePath();
    SparkSubmit.Ended dag =
        run(
            Map.of("PYTHONPATH", stand.toString(), "PYTHONDONTWRITEBYTECODE", "1", "DS", DAY),
            "python3 " + SCHEDULE.resolve("airflow_dag.py"));
    assertThat(dag.status()).as(dag.all()).isZero();
    List<String> lines = dag.out().lines().toList();
    assertThat(lines.get(0)).isEqualTo("dag rankline_retrain 30 2 * * * True 1 2");
    assertThat(lines.get(3)).isEqualTo("order convert retrain");

    StringBuilder said = new StringBuilder();
    for (String line : lines.subList(1, 3)) {
      JsonNode task = new ObjectMapper().readTree(line);
      Map<String, String> environment = strings(task.get("env"));
      assertThat(environment.get("RANKLINE"))
          .isEqualTo(IMAGE + "/deploy/yarn/submit --num-executors 8 --");
      environment.put("RANKLINE", folder.resolve("recorder").toString());
      said.append(said(run(environment, task.get("command").asText())));
    }

    assertThat(said.toString())
        .isEqualTo(
            night("hdfs:///logs", "hdfs:///lists", "hdfs:///serving", "hdfs:///judged")
                .replace("[hdfs:///judged] \n", "[hdfs:///judged] [--ok-if-not-promoted] \n"));
  }

  /** And the second night, on which nothing is new; and the words of the operator's schedule. */
  @Test
  @Tag("cluster")
  void twoNightsOfRealTrainings() throws IOException {
    SparkHome spark = SparkHome.make();
    script(
        "rankline",
        """
        #!/bin/sh
        exec %s --master 'local[1]' --conf spark.ui.enabled=false --driver-memory 512m \\
          --class io.rankline.spark.cli.RankingApp %s "$@"
        """
            .formatted(spark.script("spark-submit"), Built.assembledJar()));
    Files.createDirectories(folder.resolve("logs/day=" + DAY));
    Files.writeString(folder.resolve("logs/day=" + DAY + "/log.csv"), log(1));
    Path run = Files.writeString(folder.resolve("run.conf"), configuration());
    Map<String, String> environment = new TreeMap<>(environment());
    environment.put("RANKLINE", folder.resolve("rankline").toString());
    environment.put("RANKLINE_LOGS", folder.resolve("logs").toString());
    environment.put("RANKLINE_LISTS", folder.resolve("lists").toString());
    environment.put("RANKLINE_CONF", run.toString());
    environment.put("RANKLINE_SERVING", folder.resolve("serving").toString());
    environment.put("RANKLINE_JUDGED", folder.resolve("judged").toString());
    Files.writeString(folder.resolve("judged.csv"), log(2));
    SparkSubmit.Ended judged =
        run(
            environment,
            "%1$s/rankline convert --from csv --to elwc --query-column query --label-column relevance --input %1$s/judged.csv --output %1$s/judged"
                .formatted(folder));
    assertThat(judged.status()).as(judged.all()).isZero();

    SparkSubmit.Ended first = run(environment, IMAGE + "/deploy/schedule/nightly");
    SparkSubmit.Ended second = run(environment, IMAGE + "/deploy/schedule/nightly");

    assertThat(first.status()).as(first.all()).isZero();
    assertThat(first.out())
        .contains("wrote 40 lists", "round 1: ")
        .endsWith("promoted to %s/1%n".formatted(folder.resolve("serving")));
    assertThat(second.status()).as(second.all()).isZero();
    assertThat(second.out()).endsWith("nothing new in %s/lists/day=*%n".formatted(folder));

    JsonNode operator =
        Manifests.read(Built.inRepository("deploy/kubernetes/operators/kubeflow.yaml")).get(1);
    StringBuilder words = new StringBuilder(folder.resolve("rankline").toString());
    operator
        .at("/spec/template/arguments")
        .forEach(word -> words.append(' ').append(word.asText()));
    SparkSubmit.Ended third =
        run(
            Map.of("SPARK_HOME", spark.folder().toString()),
            words
                .toString()
                .replace("/etc/rankline", folder.toString())
                .replace("s3a://shop/serving", folder.resolve("serving").toString()));
    assertThat(third.out()).as(third.all()).startsWith("nothing new in ");
    assertThat(third.status()).isZero();
  }

  private static String night(String logs, String lists, String serving, String judged) {
    return """
    [convert] [--from] [csv] [--query-column] [query] [--label-column] [relevance] [--input] \
    [%1$s/day=%5$s] [--to] [elwc] [--output] [%2$s/day=%5$s] [--overwrite]\s
    [retrain] [/etc/rankline/run.conf] [--serving] [%3$s] [--data] [%4$s]\s
    """
        .formatted(logs, lists, serving, judged, DAY);
  }

  private static String nightOfImage() {
    return night("s3a://shop/logs", "s3a://shop/lists", "s3a://shop/serving", "s3a://shop/judged")
        .replace("[/etc/rankline/run.conf]", "[run.conf]")
        .replace("[s3a://shop/judged] \n", "[s3a://shop/judged] [--ok-if-not-promoted] \n");
  }

  /** What systemd reads of nightly.env. */
  private Map<String, String> environment() throws IOException {
    Map<String, String> environment = new TreeMap<>();
    for (String line : Files.readAllLines(SCHEDULE.resolve("nightly.env"))) {
      if (!line.startsWith("#")) {
        int equals = line.indexOf('=');
        environment.put(
            line.substring(0, equals), line.substring(equals + 1).replaceAll("^\"|\"$", ""));
      }
    }
    assertThat(environment.put("RANKLINE", folder.resolve("recorder").toString()))
        .isEqualTo(IMAGE + "/deploy/local/rankline");
    return environment;
  }

  private Map<String, String> ofImage(JsonNode configMap) {
    Map<String, String> environment = strings(configMap.get("data"));
    assertThat(environment.put("RANKLINE", folder.resolve("recorder").toString()))
        .isEqualTo(
            IMAGE
                + "/deploy/kubernetes/submit --num-executors 8 --files /etc/rankline/run.conf --");
    return environment;
  }

  private static Map<String, String> strings(JsonNode object) {
    Map<String, String> strings = new TreeMap<>();
    object.properties().forEach(field -> strings.put(field.getKey(), field.getValue().asText()));
    return strings;
  }

  /** Runs a line of a shell, in which the image's folder is this checkout. */
  private SparkSubmit.Ended run(Map<String, String> environment, String line) throws IOException {
    Path out = Files.createTempFile(folder, "night", ".out");
    Path err = Files.createTempFile(folder, "night", ".err");
    Map<String, String> all = new TreeMap<>(environment);
    all.put("PATH", folder + ":" + System.getenv("PATH"));
    String command = line.replace(IMAGE, Built.inRepository(".").toString());
    int status =
        ChildProcess.command("night", out, err, all, List.of("sh", "-c", command))
            .awaitEnd(Duration.ofMinutes(3));
    return new SparkSubmit.Ended(status, Files.readString(out), Files.readString(err));
  }

  private static String said(SparkSubmit.Ended run) {
    assertThat(run.status()).as(run.all()).isZero();
    return run.out();
  }

  private void script(String name, String text) throws IOException {
    Path script = Files.writeString(folder.resolve(name), text);
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  private static String log(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder log = new StringBuilder("query,price,relevance\n");
    for (int item = 0; item < 240; item++) {
      double price = random.nextDouble();
      log.append(String.format(Locale.ROOT, "q%d,%.4f,%d%n", item / 6, price, (int) (3 * price)));
    }
    return log.toString();
  }

  private String configuration() {
    return """
    data {
      train_input_pattern = "%1$s/lists/day=*"
      valid_input_pattern = "%1$s/lists/day=*"
      train_batch_size = 8
      valid_batch_size = 8
      features {
        example { price { dtype = float32 } }
        label { name = relevance, dtype = int64, default = -1 }
      }
    }
    model { scorer { type = dnn, hidden_layer_dims = [4] } }
    pipeline { model_dir = "%1$s/rounds", num_epochs = 2, loss = softmax_loss }
    """
        .formatted(folder);
  }
}
