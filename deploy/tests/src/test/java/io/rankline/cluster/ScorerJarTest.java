package io.rankline.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar for search engines, by itself. */
class ScorerJarTest {

  private static final long MEGABYTE = 1_000_000;

  private static final Map<String, Object> CONTEXT =
      Map.of("hour", 7, "query", List.of("red", "shoe"));

  private static final List<Map<String, Object>> ITEMS =
      List.of(
          Map.of("price", 10, "clicks", 2, "title", List.of("green", "unknown")),
          Map.of("price", 0.5, "vector", Collections.nCopies(40, 2.0)),
          Map.of("price", 100, "clicks", 19, "title", "größe"));

  @Test
  void isSmallerThanAMegabyteAndHasNoClassesOfOthers() throws IOException {
    assertThat(Files.size(Built.scorerJar())).isLessThan(MEGABYTE);
    try (ZipFile jar = new ZipFile(Built.scorerJar().toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
          .isNotEmpty()
          .allMatch(name -> name.startsWith("io/rankline/"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"model-v1", "model-v2"})
  void scoresWithNothingElseOnTheClassPathAndHasTheBitsOfTheLibrary(String name)
      throws IOException, ReflectiveOperationException {
    Path model = Built.inRepository("ranking-lib/src/test/resources/golden/" + name);
    URL[] alone = {Built.scorerJar().toUri().toURL()};
    try (URLClassLoader loader = new URLClassLoader(alone, ClassLoader.getPlatformClassLoader())) {
      Class<?> type = loader.loadClass("io.rankline.serving.RankingScorer");

      Object scorer = type.getMethod("load", Path.class).invoke(null, model);
      Object scores =
          type.getMethod("predict", Map.class, List.class).invoke(scorer, CONTEXT, ITEMS);

      assertThat((float[]) scores)
          .hasSize(3)
          .containsExactly(SavedRankingModel.load(model.toString()).predict(CONTEXT, ITEMS));
    }
  }
}
