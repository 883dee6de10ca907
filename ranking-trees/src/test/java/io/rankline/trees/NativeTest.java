package io.rankline.trees;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NativeTest {

  @Test
  void aFaultIsOneLineWithoutTheStackOfItsFunctions() {
    String said =
        """
        [17:00:01] /src/collective/result.cc:78:
        - [allreduce.cc:91]: Ring failed.
        - [socket.h:12]: connection closed

        Stack trace:
          [bt] (0) libxgboost4j.so
        """;

    assertThat(Native.line(said))
        .isEqualTo(
            "XGBoost: [17:00:01] /src/collective/result.cc:78: - [allreduce.cc:91]: Ring failed. -"
                + " [socket.h:12]: connection closed");
  }
}
