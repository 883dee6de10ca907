package io.rankline.spark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureTextTest {

  @Test
  void wordsOfTheCauseFollowThoseOfTheFailure() {
    Exception failure = new IOException("cannot write to 'x'", new IOException("disk is full"));

    assertThat(FailureText.of(failure)).isEqualTo("cannot write to 'x': disk is full");
  }

  @Test
  void whatOnlyWrapsIsLeftOut() {
    IOException fault = new IOException("part-0: record 3 at byte 80: feature 'p' is NaN");
    Exception failure =
        new SparkException(
            "Job aborted due to stage failure: Task 0 in stage 1.0 failed\nDriver stacktrace:",
            new ExecutionException(new UncheckedIOException(fault)));

    assertThat(FailureText.of(failure))
        .isEqualTo("part-0: record 3 at byte 80: feature 'p' is NaN");
  }

  @Test
  void sparksNamesOfFaultsAreLeftOut() {
    Exception failure =
        new IOException(
            "org.apache.spark.SparkRuntimeException: [MALFORMED_CSV_RECORD] Malformed record: 1,2");

    assertThat(FailureText.of(failure)).isEqualTo("Malformed record: 1,2");
  }

  @Test
  void whatIsSaidTwiceIsToldOnce() {
    Exception failure = new IllegalStateException("a: b", new IOException("b"));

    assertThat(FailureText.of(failure)).isEqualTo("a: b");
  }

  @Test
  void aReasonThatFollowsInTheNextLineIsTold() {
    Exception failure =
        new SparkException(
            "ResultStage 2 has failed the maximum allowable number of times: 4. Most recent failure"
                + " reason:\norg.apache.spark.shuffle.FetchFailedException: no such file\n\tat x");

    assertThat(FailureText.of(failure))
        .isEqualTo(
            "ResultStage 2 has failed the maximum allowable number of times: 4. Most recent failure"
                + " reason: no such file");
  }

  @Test
  void aFaultWithoutWordsIsNamed() {
    assertThat(FailureText.of(new StackOverflowError())).isEqualTo("StackOverflowError");
    assertThat(FailureText.of(new FileNotFoundException("/x")))
        .isEqualTo("FileNotFoundException: /x");
  }

  @Test
  void aStoreThatRefusesIsToldOnceWithTheWayOut() {
    IOException refusal =
        new AccessDeniedException(
            "run/model: PUT 0-byte object  on run/model: com.amazonaws.services.s3.model"
                + ".AmazonS3Exception: Access Denied (Service: Amazon S3; Status Code: 403; Error"
                + " Code: AccessDenied; Request ID: 1; Proxy: null), S3 Extended Request ID:"
                + " h:AccessDenied");
    String told = "run/model: PUT 0-byte object  on run/model: Access Denied (403 AccessDenied)";
    String wayOut =
        "; these credentials lack the right: to read data, to write and delete where something is"
            + " written (docs/stores.md)";

    assertThat(FailureText.of(new IOException("cannot write to 's3a://shop/x'", refusal)))
        .isEqualTo("cannot write to 's3a://shop/x': no permission: " + told + wayOut);
    assertThat(FailureText.of(new IOException("s3a://shop/x is lost: " + told, refusal)))
        .isEqualTo("s3a://shop/x is lost: " + told + wayOut);
  }

  /** As Hadoop throws it. */
  @Test
  void aConnectorThatIsMissingIsToldOnce() {
    String told = "Class org.apache.hadoop.fs.s3a.S3AFileSystem not found";

    assertThat(FailureText.of(new RuntimeException(new ClassNotFoundException(told))))
        .isEqualTo(
            told
                + "; put its connector on the class path: RANKLINE_STORES or RANKLINE_CLASSPATH for"
                + " deploy/local/rankline, --jars for spark-submit (docs/stores.md)");
  }

  @Test
  void aConnectorForAnotherHadoopIsTold() {
    assertThat(
            FailureText.of(
                new NoClassDefFoundError(
                    "org/apache/hadoop/fs/impl/prefetch/PrefetchingStatistics")))
        .isEqualTo(
            "NoClassDefFoundError: org/apache/hadoop/fs/impl/prefetch/PrefetchingStatistics; a"
                + " connector has to be made for the Hadoop of this Spark, 3.3.4 in Spark 3.5:"
                + " hadoop-aws 3.3.4, gcs-connector hadoop3-2.2.28 (docs/stores.md)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "No AWS Credentials provided by SimpleAWSCredentialsProvider | give keys by"
            + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by fs.s3a.access.key and"
            + " fs.s3a.secret.key (docs/stores.md)",
        "Error getting access token from metadata server at: x | outside of Google's cloud name a"
            + " key: fs.gs.auth.service.account.json.keyfile (docs/stores.md)",
        "The specified bucket does not exist (404 NoSuchBucket) | make the bucket, or correct its"
            + " name and the endpoint (docs/stores.md)",
        "no such key (403 InvalidAccessKeyId) | the store does not know these credentials: correct"
            + " them (docs/stores.md)"
      })
  void aStoreThatIsNotReachedIsToldWithTheWayOut(String fault, String wayOut) {
    assertThat(FailureText.of(new IOException(fault))).isEqualTo(fault + "; " + wayOut);
  }
}
