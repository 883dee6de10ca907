package io.rankline.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import io.rankline.testing.NumberFormats;
import io.rankline.text.OptionSpec;
import io.rankline.text.RecordCodec;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The rooms of the library and the arrows between them, as docs/architecture.md draws them. */
class ArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rankline");

  @Test
  void thereAreClassesToLookAt() {
    assertThat(MAIN.contain("io.rankline.data.RankingList")).isTrue();
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching("io.rankline.(*)..").should().beFreeOfCycles().check(MAIN);
  }

  /** Rooms below rooms too: a room and each of its sub-rooms are packages of their own here. */
  @Test
  void packagesFormNoCycle() {
    slices().matching("io.rankline.(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void arrowsPointUpTheListOfRooms() {
    Architectures.layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .withOptionalLayers(true)
        .layer("text")
        .definedBy("io.rankline.text..")
        .layer("data")
        .definedBy("io.rankline.data..")
        .layer("feature")
        .definedBy("io.rankline.feature..")
        .layer("io")
        .definedBy("io.rankline.io..")
        .layer("compiled")
        .definedBy("io.rankline.compiled..")
        .layer("loss")
        .definedBy("io.rankline.loss..")
        .layer("frozen")
        .definedBy("io.rankline.frozen..")
        .layer("metric")
        .definedBy("io.rankline.metric..")
        .layer("model")
        .definedBy("io.rankline.model..")
        .layer("pipeline")
        .definedBy("io.rankline.pipeline..")
        .layer("serving")
        .definedBy("io.rankline.serving..")
        .layer("keras")
        .definedBy("io.rankline.keras..")
        .layer("config")
        .definedBy("io.rankline.config..")
        .whereLayer("text")
        .mayNotAccessAnyLayer()
        .whereLayer("data")
        .mayNotAccessAnyLayer()
        .whereLayer("feature")
        .mayOnlyAccessLayers("text", "data")
        .whereLayer("io")
        .mayOnlyAccessLayers("text", "data", "feature")
        .whereLayer("compiled")
        .mayNotAccessAnyLayer()
        .whereLayer("loss")
        .mayOnlyAccessLayers("text", "data", "compiled")
        .whereLayer("metric")
        .mayOnlyAccessLayers("text", "data")
        .whereLayer("frozen")
        .mayOnlyAccessLayers("text", "data", "feature", "compiled", "loss")
        .whereLayer("model")
        .mayOnlyAccessLayers("text", "data", "feature", "compiled", "loss", "frozen")
        .whereLayer("serving")
        .mayOnlyAccessLayers("text", "data", "feature", "io", "frozen", "model")
        .whereLayer("keras")
        .mayOnlyAccessLayers("text", "data", "feature", "io", "model")
        .whereLayer("config")
        .mayOnlyAccessLayers("text", "data", "feature", "io", "loss", "metric", "model", "pipeline")
        .check(MAIN);
  }

  @Test
  void theLibraryKnowsNoSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "scala..", "io.rankline.spark..")
        .check(MAIN);
  }

  @Test
  void lossesMetricsAndFrozenNetworksKnowNoNativeArrays() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.rankline.loss..",
            "io.rankline.metric..",
            "io.rankline.data..",
            "io.rankline.frozen..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..")
        .allowEmptyShould(true)
        .check(MAIN);
  }

  @Test
  void onlyCodecsKnowProtobufAndStorage() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.rankline.io..", "io.rankline.export..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.google.protobuf..", "org.apache.hadoop..")
        .check(MAIN);
  }

  @Test
  void plainJavaScoresWithoutNativeCode() {
    noClasses()
        .that()
        .resideInAPackage("io.rankline.frozen..")
        .and()
        .resideOutsideOfPackage("io.rankline.frozen.compiled..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.sun.jna..",
            "org.slf4j..",
            "io.rankline.compiled..",
            "io.rankline.frozen.compiled..")
        .check(MAIN);
  }

  @Test
  void noRoomIsADrawerForOddments() {
    noClasses()
        .should()
        .resideInAnyPackage(
            "..util..", "..common..", "..helper..", "..impl..", "..core..", "..misc..")
        .check(MAIN);
  }

  @Test
  void nobodyPrintsOrExits() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(MAIN);
  }

  @Test
  void whatSparkCarriesIsSerializable() {
    classes()
        .that()
        .resideInAnyPackage("io.rankline.data..", "io.rankline.feature..")
        .and()
        .areRecords()
        .and()
        .arePublic()
        .and()
        .doNotHaveSimpleName("ListBatch")
        .should()
        .beAssignableTo(java.io.Serializable.class)
        .check(MAIN);
  }

  /** A constructor for programs may repeat a default, but not say another one than text does. */
  @Test
  void constructorsWithoutArgumentsGiveTheDefaultsOfTheOptions() throws Exception {
    List<Object> made = new ArrayList<>();
    List<Object> read = new ArrayList<>();
    for (JavaClass type : MAIN) {
      if (type.isRecord() && type.tryGetConstructor().isPresent()) {
        Class<? extends Record> record = type.reflect().asSubclass(Record.class);
        RecordCodec<? extends Record> codec = RecordCodec.of(record);
        if (codec.components().stream().allMatch(OptionSpec::hasFallback)) {
          Constructor<? extends Record> constructor = record.getDeclaredConstructor();
          constructor.setAccessible(true);
          made.add(constructor.newInstance());
          read.add(codec.defaults());
        }
      }
    }

    assertThat(made).hasSizeGreaterThan(20).containsExactlyElementsOf(read);
  }

  /** A number in a text is {@code %s}, or formatted with {@code Locale.ROOT}. */
  @Test
  void numbersAreWrittenInTheSameDigitsEverywhere() throws IOException {
    assertThat(NumberFormats.withoutLocale(Path.of("src", "main", "java"))).isEmpty();
  }
}
