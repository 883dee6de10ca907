package io.rankline.spark.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
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

/** The rooms of the Spark application, as docs/architecture.md draws them. */
class ApplicationArchitectureTest {

  private static final String ROOMS = "io.rankline.spark.";
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rankline.spark");

  @Test
  void thereAreClassesToLookAt() {
    assertThat(MAIN.contain(ROOMS + "source.ElwcSource")).isTrue();
  }

  @Test
  void thereAreNoOtherRooms() {
    classes()
        .should()
        .resideInAnyPackage(
            ROOMS + "cli..",
            ROOMS + "convert..",
            ROOMS + "inspect..",
            ROOMS + "sweep..",
            ROOMS + "quality..",
            ROOMS + "synthetic..",
            ROOMS + "terminal..",
            ROOMS + "source..",
            ROOMS + "storage..",
            ROOMS + "training..",
            ROOMS + "evaluation..",
            ROOMS + "table..",
            ROOMS + "scoring..",
            ROOMS + "promotion..",
            ROOMS + "retraining..",
            ROOMS + "ml..")
        .check(MAIN);
  }

  @Test
  void roomsFormNoCycle() {
    slices().matching(ROOMS + "(*)..").should().beFreeOfCycles().check(MAIN);
  }

  /** Rooms below rooms too: a room and each of its sub-rooms are packages of their own here. */
  @Test
  void packagesFormNoCycle() {
    slices().matching(ROOMS + "(**)").should().beFreeOfCycles().check(MAIN);
  }

  @Test
  void nobodyKnowsTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOMS + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOMS + "cli..", "picocli..")
        .check(MAIN);
  }

  @Test
  void theRingKnowsNeitherSparkNorNetworks() {
    noClasses()
        .that()
        .resideInAPackage(ROOMS + "training.collective..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.nd4j..", "org.deeplearning4j..")
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage("io.rankline.model..", "io.rankline.pipeline..")
        .check(MAIN);
  }

  @Test
  void listsOnExecutorsKnowNothingOfWorkers() {
    noClasses()
        .that()
        .resideInAPackage(ROOMS + "training.data..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOMS + "training",
            ROOMS + "training.option..",
            ROOMS + "training.stage..",
            ROOMS + "training.job..",
            ROOMS + "training.worker..")
        .check(MAIN);
  }

  @Test
  void workersKnowNothingOfTheDriver() {
    noClasses()
        .that()
        .resideInAPackage(ROOMS + "training.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOMS + "training", ROOMS + "training.option..", ROOMS + "training.stage..")
        .check(MAIN);
  }

  @Test
  void stagesKnowNoModel() {
    noClasses()
        .that()
        .resideInAPackage(ROOMS + "training.stage..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.rankline.model..", "io.rankline.pipeline..", "org.nd4j..")
        .check(MAIN);
  }

  @Test
  void readsAndWritesKnowNothingOfEachOther() {
    for (String[] pair : new String[][] {{"read", "write"}, {"write", "read"}}) {
      noClasses()
          .that()
          .resideInAPackage(ROOMS + "source." + pair[0])
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ROOMS + "source." + pair[1])
          .check(MAIN);
    }
  }

  @Test
  void theSourceKnowsNoOtherRoom() {
    noClasses()
        .that()
        .resideInAPackage(ROOMS + "source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            ROOMS + "training..",
            ROOMS + "evaluation..",
            ROOMS + "convert..",
            ROOMS + "inspect..",
            ROOMS + "sweep..",
            ROOMS + "synthetic..",
            ROOMS + "terminal..",
            ROOMS + "scoring..",
            ROOMS + "promotion..",
            ROOMS + "ml..")
        .check(MAIN);
  }

  /** {@code Storage.ofClassPath()} knows the properties of the Spark application, too. */
  @Test
  void storageIsReachedAsTheApplicationSays() {
    noClasses().should().callConstructor(Configuration.class).check(MAIN);
  }

  /** What is shown while a command works goes through the terminal's room. */
  @Test
  void onlyTheCommandLineAndTheTerminalPrint() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOMS + "cli..", ROOMS + "terminal..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(MAIN);
  }

  @Test
  void onlyTheCommandLineExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOMS + "cli..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(MAIN);
  }

  @Test
  void formulasLiveInTheLibrary() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Loss")
        .orShould()
        .haveSimpleNameEndingWith("Metric")
        .orShould()
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
