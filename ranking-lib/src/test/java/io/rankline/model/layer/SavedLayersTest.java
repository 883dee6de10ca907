package io.rankline.model.layer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** A network's configuration as an earlier release wrote it, with every layer and vertex. */
class SavedLayersTest {

  private static final String SAVED = saved();

  @Test
  void classesAndFieldsAreThoseThatWereSaved() {
    assertThat(ComputationGraphConfiguration.fromJson(SAVED).toJson()).isEqualTo(SAVED.strip());
  }

  @Test
  void everyConfigurationIsAmongThem() {
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
        .allSatisfy(name -> assertThat(SAVED).contains("\"@class\" : \"" + name + "\""));
  }

  private static String saved() {
    try (InputStream in =
        SavedLayersTest.class.getResourceAsStream("/golden/network/layers.json")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
