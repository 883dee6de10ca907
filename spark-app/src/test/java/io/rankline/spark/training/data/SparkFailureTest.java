package io.rankline.spark.training.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.apache.spark.SparkException;
import org.junit.jupiter.api.Test;

class SparkFailureTest {

  private static final String LOST =
      "Job aborted due to stage failure: Task 1 in stage 4.0 failed 4 times, most recent failure:"
          + " Lost task 1.3 in stage 4.0 (TID 46) (10.0.0.7 executor 3): java.io.IOException: ";

  @Test
  void aFullDiskOfAnExecutorIsNamedWithItsMachine() {
    Throwable job =
        new SparkException(
            LOST + "No space left on device", new IOException("No space left on device"));

    assertThat(SparkFailure.asIoException(job))
        .hasMessage(
            "No space left on device, where Spark keeps blocks and shuffle files of executor 3 on"
                + " 10.0.0.7 (spark.local.dir, SPARK_LOCAL_DIRS); make room there and start it"
                + " again")
        .hasCause(job);
  }

  @Test
  void aFullDiskOfTheDriverHasNoExecutor() {
    assertThat(SparkFailure.asIoException(new IOException("No space left on device")))
        .hasMessage(
            "No space left on device, where Spark keeps blocks and shuffle files (spark.local.dir,"
                + " SPARK_LOCAL_DIRS); make room there and start it again");
  }

  @Test
  void executorsThatWereLostTimeAfterTimeAreCounted() {
    String task = LOST.replace("java.io.IOException: ", "");
    String end = "\nDriver stacktrace:";

    assertThat(
            SparkFailure.asIoException(
                new SparkException(
                    task
                        + "ExecutorLostFailure (executor 3 exited caused by one of the running"
                        + " tasks) Reason: Command exited with code 137"
                        + end)))
        .hasMessage(
            "the executor of a task was lost 4 times, at last executor 3 on 10.0.0.7, Command"
                + " exited with code 137");
    assertThat(
            SparkFailure.asIoException(
                new SparkException(
                    task + "ExecutorLostFailure (executor 3 exited unrelated to the tasks)" + end)))
        .hasMessage("the executor of a task was lost 4 times, at last executor 3 on 10.0.0.7");
  }

  @Test
  void messagesWithAFileStayAsTheyAre() {
    String message = "cannot write /m/network.zip: No space left on device; what was there is kept";

    assertThat(SparkFailure.asIoException(new SparkException(LOST, new IOException(message))))
        .hasMessage(message);
  }
}
