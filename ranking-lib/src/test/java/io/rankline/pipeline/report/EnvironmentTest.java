package io.rankline.pipeline.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class EnvironmentTest {

  @Test
  void versionsAreThoseOfTheJars() {
    assertThat(Environment.current().facts())
        .containsEntry("DeepLearning4J", "1.0.0-M2.1")
        .containsEntry(
            "Java",
            System.getProperty("java.version") + " (" + System.getProperty("java.vendor") + ")")
        .containsKeys("Rankline", "System", "Processors", "Largest heap", "OpenBLAS kernel");
  }

  @Test
  void namesNeitherTheMachineNorTheUser() throws UnknownHostException {
    String facts = Environment.current().facts().toString();

    assertThat(facts)
        .doesNotContain(
            InetAddress.getLocalHost().getHostName(),
            System.getProperty("user.home"),
            System.getProperty("user.dir"));
  }

  @Test
  void factsMayBeAdded() {
    assertThat(Environment.current().with("Strategy", "MirroredStrategy").facts())
        .containsEntry("Strategy", "MirroredStrategy");
  }
}
