package io.replog.system.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;

/// The build runs the classes named `*Test` and passes the others over in silence. So a test
/// outside that pattern is an error.
final class TestNames {

  /// What JUnit puts on every annotation that makes a method a test.
  private static final String TESTABLE = "org.junit.platform.commons.annotation.Testable";

  private static final String DISABLED = "org.junit.jupiter.api.Disabled";

  private TestNames() {}

  static ArchRule everyTestIsRun() {
    return classes().that(holdTests()).should(standInsideThePattern()).allowEmptyShould(true);
  }

  static ArchRule noTestIsSwitchedOff() {
    return classes().should(beEnabled()).allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaClass> holdTests() {
    return DescribedPredicate.describe(
        "hold tests",
        type ->
            !type.getModifiers().contains(JavaModifier.ABSTRACT)
                && type.getMembers().stream()
                    .anyMatch(
                        member ->
                            member.isAnnotatedWith(TESTABLE)
                                || member.isMetaAnnotatedWith(TESTABLE)));
  }

  private static ArchCondition<JavaClass> standInsideThePattern() {
    return new ArchCondition<>("stand in a file named *Test.java") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean run = outermost(type).getSimpleName().endsWith("Test");
        events.add(new SimpleConditionEvent(type, run, type.getName() + " holds tests"));
      }
    };
  }

  private static ArchCondition<JavaClass> beEnabled() {
    return new ArchCondition<>("not be switched off") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean enabled =
            !type.isAnnotatedWith(DISABLED)
                && type.getMembers().stream().noneMatch(member -> member.isAnnotatedWith(DISABLED));
        events.add(new SimpleConditionEvent(type, enabled, type.getName() + " is switched off"));
      }
    };
  }

  private static JavaClass outermost(JavaClass type) {
    return type.getEnclosingClass().map(TestNames::outermost).orElse(type);
  }
}
