package io.rankline.server.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rankline.testing.NumberFormats;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

/** The rooms of the server, as docs/architecture.md draws them. */
class ServerArchitectureTest {

  private static final String ROOMS = "io.rankline.server.";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rankline.server");

  @Test
  void thereAreClassesToLookAt() {
    assertThat(MAIN.contain(ROOMS + "rest.RestApi")).isTrue();
  }

  @Test
  void roomsUseThoseAboveThem() {
    layeredArchitecture()
        .consideringOnlyDependenciesInLayers()
        .layer("json")
        .definedBy(ROOMS + "json..")
        .layer("status")
        .definedBy(ROOMS + "status..")
        .layer("protocol")
        .definedBy(ROOMS + "protocol..")
        .layer("batch")
        .definedBy(ROOMS + "batch..")
        .layer("model")
        .definedBy(ROOMS + "model..")
        .layer("config")
        .definedBy(ROOMS + "config..")
        .layer("signature")
        .definedBy(ROOMS + "signature..")
        .layer("message")
        .definedBy(ROOMS + "message..")
        .layer("rest")
        .definedBy(ROOMS + "rest..")
        .layer("warmup")
        .definedBy(ROOMS + "warmup..")
        .layer("metrics")
        .definedBy(ROOMS + "metrics..")
        .layer("http")
        .definedBy(ROOMS + "http..")
        .layer("front")
        .definedBy(ROOMS + "front..")
        .layer("load")
        .definedBy(ROOMS + "load..")
        .layer("cli")
        .definedBy(ROOMS + "cli..")
        .whereLayer("json")
        .mayOnlyBeAccessedByLayers("rest")
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("metrics")
        .mayOnlyBeAccessedByLayers("http", "front")
        .whereLayer("load")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("front")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("rest")
        .mayOnlyBeAccessedByLayers("warmup", "http", "cli")
        .whereLayer("protocol")
        .mayOnlyBeAccessedByLayers("message", "warmup")
        .whereLayer("batch")
        .mayOnlyBeAccessedByLayers("config", "rest", "cli")
        .whereLayer("message")
        .mayOnlyBeAccessedByLayers("warmup", "front", "cli")
        .whereLayer("warmup")
        .mayOnlyBeAccessedByLayers("cli")
        .whereLayer("http")
        .mayOnlyBeAccessedByLayers("front", "cli")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .ensureAllClassesAreContainedInArchitectureIgnoring("java..")
        .check(MAIN);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOMS + "(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void nobodyKnowsSparkOrNetworks() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.nd4j..", "org.deeplearning4j..")
        .check(MAIN);
  }

  @Test
  void onlyTheRoomOfHttpKnowsJetty() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOMS + "http..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jetty..")
        .check(MAIN);
  }

  @Test
  void onlyTheCommandLineReadsOptionsPrintsAndExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOMS + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("picocli..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(MAIN);
  }

  /** {@code Storage.ofClassPath()} knows where settings of storages stand. */
  @Test
  void storageIsReachedAsTheClassPathSays() {
    noClasses().should().callConstructor(Configuration.class).check(MAIN);
  }

  @Test
  void formulasLiveInTheLibrary() {
    noClasses()
        .should()
        .callMethod(Math.class, "log", double.class)
        .orShould()
        .callMethod(Math.class, "exp", double.class)
        .check(MAIN);
  }

  /** A number in a text is {@code %s}, or formatted with {@code Locale.ROOT}. */
  @Test
  void numbersAreWrittenInTheSameDigitsEverywhere() throws IOException {
    assertThat(NumberFormats.withoutLocale(Path.of("src", "main", "java"))).isEmpty();
  }
}
