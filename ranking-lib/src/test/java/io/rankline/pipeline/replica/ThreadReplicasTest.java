package io.rankline.pipeline.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ThreadReplicasTest {

  @ParameterizedTest(name = "{0} replicas, {1} values, seed 7")
  @CsvSource({"1, 5", "2, 0", "2, 1", "3, 2", "3, 1000", "5, 7"})
  void everyReplicaEndsWithTheSameSum(int replicas, int length) throws Exception {
    Random random = new Random(7);
    float[] expected = new float[length];
    List<ByteBuffer> values = new ArrayList<>();
    for (int rank = 0; rank < replicas; rank++) {
      ByteBuffer own = direct(length);
      for (int i = 0; i < length; i++) {
        float value = (float) random.nextGaussian();
        own.putFloat(i * Float.BYTES, value);
        // In the order of ranks, so that it is the same to the bit.
        expected[i] = rank == 0 ? value : expected[i] + value;
      }
      values.add(own);
    }

    run(new ThreadReplicas(replicas), member -> member.sum(values.get(member.rank())));

    for (ByteBuffer own : values) {
      float[] found = new float[length];
      own.asFloatBuffer().get(found);
      assertThat(found).isEqualTo(expected);
    }
  }

  @Test
  void theLargestValueIsFoundAgainAndAgain() throws Exception {
    run(
        new ThreadReplicas(3),
        member -> {
          for (int round = 0; round < 100; round++) {
            assertThat(member.max(round * 10L + member.rank())).isEqualTo(round * 10L + 2);
          }
        });
  }

  @Test
  void valuesOfOtherLengthsAreRefused() {
    ThreadReplicas group = new ThreadReplicas(2);

    assertThatThrownBy(() -> run(group, member -> member.sum(direct(3 + member.rank()))))
        .hasMessageContaining("adds 3 values")
        .hasMessageContaining("adds 4");
  }

  @Test
  void oneThatFailsLeavesNobodyWaiting() {
    ThreadReplicas group = new ThreadReplicas(3);

    assertThatThrownBy(
            () ->
                run(
                    group,
                    member -> {
                      if (member.rank() == 1) {
                        group.abort();
                        return;
                      }
                      member.sum(direct(4));
                    }))
        .hasMessageContaining("another replica failed");
  }

  private interface Work {
    void of(ReplicaGroup member) throws IOException;
  }

  private static void run(ThreadReplicas group, Work work) throws Exception {
    List<Callable<Void>> tasks = new ArrayList<>();
    for (ReplicaGroup member : group.members()) {
      tasks.add(
          () -> {
            work.of(member);
            return null;
          });
    }
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> task : threads.invokeAll(tasks)) {
        task.get();
      }
    } catch (ExecutionException e) {
      throw (Exception) e.getCause();
    } finally {
      threads.shutdownNow();
    }
  }

  private static ByteBuffer direct(int length) {
    return ByteBuffer.allocateDirect(length * Float.BYTES).order(ByteOrder.nativeOrder());
  }
}
