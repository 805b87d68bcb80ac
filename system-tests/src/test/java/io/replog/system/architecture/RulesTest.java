package io.replog.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Negative controls: each rule finds the class that was written to break it.
class RulesTest {

  private static final String BASE = "io.replog.system.architecture.counterexample";
  private static final JavaClasses OFFENDERS = new ClassFileImporter().importPackages(BASE);
  private static final Rules RULES = new Rules(BASE);

  @ParameterizedTest
  @CsvSource({
    "replication, SeesLog",
    "log, SeesReplication",
    "table, SeesLog",
    "node, SeesMaster",
    "master, SeesFollower",
    "follower, SeesMaster",
    "client, SeesNode",
    "connectors, SeesLog",
    "system, SeesMaster",
    "benchmarks, SeesMaster",
    "openapi, SeesMaster",
    "broker, SeesFollower"
  })
  void findsModuleThatSeesTooMuch(String module, String offender) {
    assertFinds(RULES.seesOnlyItsNeighbours(module), offender);
  }

  @Test
  void findsForeignLibraryInVocabulary() {
    assertFinds(RULES.modelIsPlain(), "UsesForeignLibrary");
  }

  @Test
  void findsForeignLibraryInLog() {
    assertFinds(RULES.logIsPlain(), "UsesForeignLibrary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "StartsThread",
        "TakesLock",
        "WaitsForFuture",
        "AsksInstant",
        "AsksClock",
        "OpensFile",
        "OpensSocket"
      })
  void findsWorldInStateMachines(String offender) {
    assertFinds(RULES.replicationIsPure(), offender);
  }

  @Test
  void findsWorldInTable() {
    assertFinds(RULES.tableIsPure(), "TakesLock");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AsksNanoTime", "AsksWallClock", "DrawsIdentifier", "DrawsChance"})
  void findsTimeAndChanceInStateMachines(String offender) {
    assertFinds(RULES.replicationIsRepeatable(), offender);
  }

  @Test
  void findsFileChannelOutsideLog() {
    assertFinds(RULES.onlyLogOpensFileChannels(), "ForcesFile");
  }

  @Test
  void findsResilienceOutsideMaster() {
    assertFinds(RULES.onlyMasterUsesResilience4j(), "BreaksCircuits");
  }

  @Test
  void findsConnectorThatRunsNode() {
    assertFinds(RULES.connectorsAreNoNode(), "RunsNode");
  }

  @Test
  void findsPrintingLibrary() {
    assertFinds(RULES.librariesDoNotPrint(), "Prints");
  }

  @ParameterizedTest
  @ValueSource(strings = {"SleepsByThread", "SleepsByTimeUnit"})
  void findsSleep(String offender) {
    assertFinds(RULES.nobodySleeps(), offender);
  }

  @Test
  void findsTestThatNobodyRuns() {
    assertFinds(TestNames.everyTestIsRun(), "ChecksUnderOddName");
  }

  @Test
  void findsTestThatIsSwitchedOff() {
    assertFinds(TestNames.noTestIsSwitchedOff(), "ChecksUnderOddName");
  }

  private static void assertFinds(ArchRule rule, String offender) {
    assertThat(rule.evaluate(OFFENDERS).getFailureReport().getDetails())
        .anySatisfy(detail -> assertThat(detail).contains("$" + offender));
  }
}
