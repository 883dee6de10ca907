package io.rankline.model.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Configurations of networks as earlier releases wrote them, with every layer and vertex. */
class SavedLayersTest {

  private static final List<String> FILES = List.of("layers.json", "trees.json", "base.json");

  @ParameterizedTest
  @FieldSource("FILES")
  void classesAndFieldsAreThoseThatWereSaved(String file) {
    String saved = saved(file);

    assertThat(ComputationGraphConfiguration.fromJson(saved).toJson()).isEqualTo(saved.strip());
  }

  @Test
  void everyConfigurationIsAmongThem() {
    String saved = FILES.stream().map(SavedLayersTest::saved).collect(Collectors.joining());

    assertThat(
            new ClassFileImporter()
                .importPackages("io.rankline.model.layer").stream()
                    .filter(type -> type.getPackageName().equals("io.rankline.model.layer"))
                    .filter(
                        type ->
                            type.isAssignableTo(GraphVertex.class)
                                || type.isAssignableTo(Layer.class)
                                || type.isAssignableTo(ILossFunction.class))
                    .map(JavaClass::getName))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(saved).contains("\"@class\" : \"" + name + "\""));
  }

  private static String saved(String file) {
    try (InputStream in = SavedLayersTest.class.getResourceAsStream("/golden/network/" + file)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
