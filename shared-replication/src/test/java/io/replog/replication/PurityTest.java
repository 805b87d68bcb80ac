package io.replog.replication;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

/// Equal state and input give equal effects only while nothing here looks at the world.
class PurityTest {

  private static final ArchRule TOUCHES_NOTHING =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "java.io..",
              "java.net..",
              "java.nio..",
              "java.time..",
              "java.util.concurrent..",
              "java.util.random..",
              "org.springframework..")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.util.Random")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.Thread")
          .orShould()
          .dependOnClassesThat()
          .haveFullyQualifiedName("java.lang.System");

  @Test
  void touchesNoClockThreadFileSocketOrChance() {
    JavaClasses main =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.replog.replication");

    TOUCHES_NOTHING.check(main);
  }

  @Test
  void noticesAClock() {
    JavaClasses impure = new ClassFileImporter().importClasses(LooksAtTheClock.class);

    assertThatThrownBy(() -> TOUCHES_NOTHING.check(impure)).isInstanceOf(AssertionError.class);
  }

  /// The negative control.
  private static final class LooksAtTheClock {
    long now() {
      return System.nanoTime();
    }
  }
}
