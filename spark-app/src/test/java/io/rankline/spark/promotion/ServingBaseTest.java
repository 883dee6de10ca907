package io.rankline.spark.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rankline.io.Storage;
import io.rankline.spark.scoring.ModelFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServingBaseTest {

  @TempDir Path folder;

  private Path base = Path.of("/");
  private ServingBase versions = new ServingBase(Storage.ofClassPath().folder("/"));

  @BeforeEach
  void open() {
    base = folder.resolve("shop");
    versions = new ServingBase(Storage.ofClassPath().folder(base.toString()));
  }

  @Test
  void aModelGetsTheNumberAfterTheHighest() throws IOException {
    assertThat(versions.newest()).isEmpty();
    assertThat(versions.publish(model("a"))).isEqualTo(1);
    Files.createDirectories(base.resolve("041"));
    Files.createDirectories(base.resolve("tmp-99"));

    assertThat(versions.publish(model("b"))).isEqualTo(42);
    assertThat(versions.newest()).hasValue(42);
    assertThat(base.resolve("42/ranking_model.json")).hasContent("b");
    assertThat(base.resolve("42/assets/words.txt")).hasContent("b words");
  }

  @Test
  void aNumberThatWasTakenBackIsNotGivenAgain() throws IOException {
    versions.publish(model("a"));
    versions.publish(model("b"));

    assertThat(versions.rollBack()).isEqualTo(1);

    assertThat(versions.newest()).hasValue(1);
    assertThat(base.resolve("rolled_back_2/ranking_model.json")).hasContent("b");
    assertThat(versions.publish(model("c"))).isEqualTo(3);
  }

  @Test
  void theOnlyVersionStays() throws IOException {
    assertThatThrownBy(versions::rollBack)
        .hasMessage(base + " has no version: there is none to go back to");
    versions.publish(model("a"));

    assertThatThrownBy(versions::rollBack)
        .hasMessage(base + " has only version 1: there is none to go back to");
    assertThat(versions.newest()).hasValue(1);
  }

  private static ModelFiles model(String content) {
    return new ModelFiles(
        new TreeMap<>(
            Map.of(
                "ranking_model.json",
                content.getBytes(StandardCharsets.UTF_8),
                "assets/words.txt",
                (content + " words").getBytes(StandardCharsets.UTF_8))));
  }
}
