package io.rankline.loss;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.rankline.loss.form.RankingLoss;
import io.rankline.loss.lambda.LambdaWeight;
import java.io.Serializable;
import org.junit.jupiter.api.Test;

class LossArchitectureTest {

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("io.rankline.loss");

  @Test
  void lossesAndLambdaWeightsAreRecordsThatTravel() {
    for (Class<?> family : new Class<?>[] {RankingLoss.class, LambdaWeight.class}) {
      classes()
          .that()
          .areAssignableTo(family)
          .and(JavaClass.Predicates.INTERFACES.negate())
          .should()
          .beRecords()
          .andShould()
          .beAssignableTo(Serializable.class)
          .check(MAIN);
    }
  }

  @Test
  void packagesOfTheRoomFormNoCycle() {
    slices().matching("io.rankline.(**)").should().beFreeOfCycles().check(MAIN);
  }
}
