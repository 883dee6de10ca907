package io.rankline.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Folder;
import io.rankline.io.RecordFiles;
import io.rankline.io.Storage;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.io.tfrecord.TfRecordWriter;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** HDFS as a storage, and trainings on YARN with data and model there. */
@Tag("cluster")
class YarnTest {

  @TempDir static Path folder;

  private static SparkHome spark = new SparkHome(Path.of(""));
  private static HdfsCluster hdfs;
  private static YarnCluster yarn;
  private static FileSystem files;

  @BeforeAll
  static void start() throws IOException {
    spark = SparkHome.make();
    hdfs = HdfsCluster.start(folder.resolve("hadoop"));
    yarn = YarnCluster.start(hdfs, folder.resolve("yarn"));
    files = hdfs.fileSystem();
    SyntheticElwc.write(files, new org.apache.hadoop.fs.Path("/data"));
  }

  @AfterAll
  static void stop() throws IOException {
    if (files != null) {
      files.close();
    }
    if (yarn != null) {
      yarn.close();
    }
    if (hdfs != null) {
      hdfs.close();
    }
  }

  @Test
  void aFolderOnHdfsIsOneLikeAnyOther() throws IOException {
    Folder remote = Storage.of(new Configuration()).folder(hdfs.uri() + "/models/run");

    remote.requireWritable("model_dir");
    write(remote, "a", "a long old content");
    write(remote, "a", "new");
    assertThat(read(remote, "a")).isEqualTo("new");
    assertThatThrownBy(
            () ->
                remote.write(
                    "a",
                    out -> {
                      throw new IOException("quota exceeded");
                    }))
        .hasMessage(
            "cannot write %s/models/run/a: quota exceeded; what was there before is kept"
                .formatted(hdfs.uri()));
    assertThat(remote.names()).isEqualTo(List.of("a"));

    write(remote.folder("new"), "x", "new");
    write(remote.folder("model"), "x", "old");
    remote.rename("new", "model");
    assertThat(read(remote.folder("model"), "x")).isEqualTo("new");
    assertThat(remote.names()).containsExactly("a", "model");

    try (OutputStream out = remote.stream("log")) {
      out.write("line 1\n".getBytes(UTF_8));
      out.flush();
      assertThat(read(remote, "log")).isEqualTo("line 1\n");
    }
  }

  @Test
  void recordFilesOnHdfsAreLikeAnyOthers() throws IOException {
    RecordFiles remote = new RecordFiles(new Configuration());
    org.apache.hadoop.fs.Path file =
        new org.apache.hadoop.fs.Path(hdfs.uri() + "/logs/part-0.tfrecord.gz");
    try (TfRecordWriter writer = new TfRecordWriter(remote.create(file))) {
      writer.write("one".getBytes(UTF_8));
      writer.write("two".getBytes(UTF_8));
    }

    assertThat(remote.list(hdfs.uri() + "/lo*/part-*")).hasSize(1);
    try (TfRecordReader reader =
        new TfRecordReader(remote.open(file), file.toString(), CorruptRecordPolicy.FAIL)) {
      assertThat(reader.advance()).isTrue();
      assertThat(reader.advance()).isTrue();
      assertThat(reader.copy()).asString(UTF_8).isEqualTo("two");
    }
  }

  @Test
  void aTrainingInClusterModeReadsHdfsAndLeavesAModelThere() throws IOException {
    String modelDir = hdfs.uri() + "/models/cluster";
    Path file =
        TrainingFile.write(
            folder.resolve("run.conf"), hdfs.uri() + "/data", modelDir, TrainingFile.STRATEGY);

    // Both workers of the training are in one executor.
    SparkSubmit.Ended run =
        submit(
            submission().with("RANKLINE_EXECUTOR_CORES", "2"),
            "--num-executors",
            "1",
            "--deploy-mode",
            "cluster",
            "--files",
            file.toString(),
            "--",
            "train",
            "run.conf");

    YarnCluster.Application application = yarn.application(run.word("application_"));
    assertThat(run.status()).as("%s%n%s", run.all(), yarn.output(application, "stderr")).isZero();
    assertThat(application.finalStatus()).isEqualTo("SUCCEEDED");
    assertThat(yarn.output(application, "stdout"))
        .contains("model   " + modelDir + "/export/best_model_by_metric");
    assertThat(yarn.output(application, "stderr")).contains("epoch 2/2");
    Path copy = folder.resolve("copy");
    files.copyToLocalFile(
        new org.apache.hadoop.fs.Path(modelDir + "/export/best_model_by_metric"),
        new org.apache.hadoop.fs.Path(copy.toString()));
    byte[] record = SyntheticElwc.records(0, 1).get(0);
    float[] scores =
        SavedRankingModel.load(modelDir + "/export/best_model_by_metric").predict(record);
    assertThat(scores)
        .isNotEmpty()
        .isEqualTo(SavedRankingModel.load(copy.toString()).predict(record));
  }

  @Test
  void aTrainingInClientModeReadsHdfsAndLeavesAModelThere() throws IOException {
    String modelDir = "/models/client";
    Path file =
        TrainingFile.write(folder.resolve("client.conf"), "/data", modelDir, TrainingFile.STRATEGY);

    SparkSubmit.Ended run = submit("--deploy-mode", "client", "--", "train", file.toString());

    assertThat(run.status()).as(run.all()).isZero();
    assertThat(run.out()).contains("model   " + modelDir + "/export/best_model_by_metric");
    assertThat(run.err()).contains("epoch 2/2").doesNotContain(" WARN ", " ERROR ", "\tat ");
    assertThat(files.exists(new org.apache.hadoop.fs.Path(modelDir, "report.html"))).isTrue();
  }

  @Test
  void aTrainingThatFailsInClusterModeIsAFailedApplicationThatSaysWhy() throws IOException {
    Path file =
        TrainingFile.write(
            folder.resolve("wrong.conf"), "/data", "/models/wrong", "OneDeviceStrategy");

    SparkSubmit.Ended run =
        submitWithoutExecutors(
            "--deploy-mode",
            "cluster",
            "--conf",
            "spark.yarn.maxAppAttempts=1",
            "--files",
            file.toString(),
            "--",
            "train",
            "wrong.conf");

    YarnCluster.Application application = yarn.application(run.word("application_"));
    assertThat(run.status()).as(run.all()).isNotZero();
    assertThat(application.finalStatus()).isEqualTo("FAILED");
    assertThat(application.diagnostics()).contains("unknown strategy 'OneDeviceStrategy'");
    assertThat(run.err()).contains("unknown strategy 'OneDeviceStrategy'");
    // Its stack trace would be that of the command line.
    assertThat(application.diagnostics()).doesNotContain("\tat ");
  }

  @Test
  void aCommandThatFailsInClientModeIsAFailedApplicationAndHasItsStatus() throws IOException {
    SparkSubmit.Ended run =
        submitWithoutExecutors(
            "--",
            "convert",
            "--from=elwc",
            "--to=parquet",
            "--input=/data/valid",
            "--output=/parquet",
            "--query-column=session");

    assertThat(run.status()).as(run.all()).isEqualTo(1);
    assertThat(run.err()).contains("rankline: ", "no context feature 'session'");
    assertThat(yarn.application(run.word("application_")).finalStatus()).isEqualTo("FAILED");
  }

  private static void write(Folder folder, String name, String content) throws IOException {
    folder.create();
    folder.write(name, out -> out.write(content.getBytes(UTF_8)));
  }

  private static String read(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static SparkSubmit.Ended submitWithoutExecutors(String... words) {
    List<String> all = new ArrayList<>(SparkSubmit.NO_EXECUTORS);
    all.addAll(List.of("--num-executors", "0"));
    all.addAll(List.of(words));
    return submit(all.toArray(String[]::new));
  }

  private static SparkSubmit.Ended submit(String... words) {
    return submit(submission(), words);
  }

  private static SparkSubmit.Ended submit(SparkSubmit submission, String... words) {
    return submission.runScript("deploy/yarn/submit", withSparkOfTest(words));
  }

  /** Memory for a test: YARN's check of it is on. */
  private static SparkSubmit submission() {
    return new SparkSubmit(spark)
        .with("HADOOP_CONF_DIR", hdfs.configurationFolder().toString())
        .with("RANKLINE_DRIVER_HEAP", "512m")
        .with("RANKLINE_DRIVER_OFF_HEAP", "256m")
        .with("RANKLINE_EXECUTOR_HEAP", "512m")
        .with("RANKLINE_EXECUTOR_OFF_HEAP", "256m");
  }

  /** Every node of this cluster has the same SPARK_HOME: nothing needs to be uploaded. */
  private static String[] withSparkOfTest(String... words) {
    String[] all = new String[words.length + 4];
    all[0] = "--conf";
    all[1] = "spark.yarn.jars=local:" + spark.folder() + "/jars/*";
    all[2] = "--num-executors";
    all[3] = "2";
    System.arraycopy(words, 0, all, 4, words.length);
    return all;
  }
}
