package io.replog.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

/// The project as it stands keeps every rule. [RulesTest] shows that each rule can be broken.
class ArchitectureTest {

  private static final Project PROJECT = Project.here();
  private static final JavaClasses MAIN = PROJECT.mainClasses();
  private static final JavaClasses TESTS = PROJECT.testClasses();
  private static final Rules RULES = new Rules("io.replog");

  @SuppressWarnings("unused") // named by the annotation below
  private static final Iterable<String> MODULES = Project.MODULES;

  @ParameterizedTest
  @FieldSource("MODULES")
  void looksAtEveryModule(String module) {
    assertThat(PROJECT.mainClassesOf(module)).isDirectoryRecursivelyContaining("glob:**.class");
  }

  @ParameterizedTest
  @MethodSource("io.replog.system.architecture.Rules#modules")
  void showsEachModuleOnlyItsNeighbours(String module) {
    RULES.seesOnlyItsNeighbours(module).check(MAIN);
  }

  @Test
  void keepsVocabularyPlain() {
    RULES.modelIsPlain().check(MAIN);
  }

  @Test
  void keepsLogPlain() {
    RULES.logIsPlain().check(MAIN);
  }

  @Test
  void keepsWorldOutOfStateMachines() {
    RULES.replicationIsPure().check(MAIN);
  }

  @Test
  void keepsWorldOutOfTable() {
    RULES.tableIsPure().check(MAIN);
  }

  @Test
  void keepsTimeAndChanceOutOfStateMachines() {
    RULES.replicationIsRepeatable().check(MAIN);
  }

  @Test
  void leavesFileChannelsToLog() {
    RULES.onlyLogOpensFileChannels().check(MAIN);
  }

  @Test
  void leavesResilienceToMaster() {
    RULES.onlyMasterUsesResilience4j().check(MAIN);
  }

  @Test
  void keepsSpringOutOfClient() {
    RULES.clientIsWithoutSpring().check(MAIN);
  }

  @Test
  void keepsNodesOutOfConnectors() {
    RULES.connectorsAreNoNode().check(MAIN);
  }

  @Test
  void letsNoLibraryPrint() {
    RULES.librariesDoNotPrint().check(MAIN);
  }

  @Test
  void letsNobodySleep() {
    RULES.nobodySleeps().check(PROJECT.allClasses());
  }

  @Test
  void runsEveryTest() {
    TestNames.everyTestIsRun().check(TESTS);
  }

  @Test
  void switchesNoTestOff() {
    TestNames.noTestIsSwitchedOff().check(TESTS);
  }
}
