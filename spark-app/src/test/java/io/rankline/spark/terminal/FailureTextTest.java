package io.rankline.spark.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

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
  void aFaultWithoutWordsIsNamed() {
    assertThat(FailureText.of(new StackOverflowError())).isEqualTo("StackOverflowError");
    assertThat(FailureText.of(new FileNotFoundException("/x")))
        .isEqualTo("FileNotFoundException: /x");
  }
}
