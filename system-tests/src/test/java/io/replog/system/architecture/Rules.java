package io.replog.system.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.base.DescribedPredicate.or;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Which module may see what. A rule holds for an empty module too.
///
/// @param base the package that holds one package per module: `io.replog`, or that of the
///   counterexamples
record Rules(String base) {

  /// What each module may see of the others. Nobody sees master or follower: the system tests start
  /// them as programs.
  private static final Map<String, List<String>> VISIBLE =
      Map.ofEntries(
          Map.entry("model", List.of()),
          Map.entry("replication", List.of("model")),
          Map.entry("log", List.of("model")),
          Map.entry("table", List.of("model")),
          Map.entry("node", List.of("model", "replication", "log", "table")),
          Map.entry("broker", List.of("model", "node")),
          Map.entry("openapi", List.of("model", "node")),
          Map.entry("master", List.of("model", "replication", "log", "table", "node", "broker")),
          Map.entry("follower", List.of("model", "replication", "log", "table", "node", "broker")),
          Map.entry("client", List.of("model", "table")),
          Map.entry("connectors", List.of("model", "node", "broker")),
          Map.entry("system", List.of("model", "client", "log", "table")),
          Map.entry(
              "benchmarks", List.of("model", "replication", "log", "table", "node", "client")));

  /// Every module, by the name of its package.
  static Stream<String> modules() {
    return VISIBLE.keySet().stream().sorted();
  }

  /// `module` depends on those modules only that the table above gives it.
  ArchRule seesOnlyItsNeighbours(String module) {
    String[] visible =
        Stream.concat(Stream.of(module), VISIBLE.get(module).stream())
            .map(this::within)
            .toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage(within(module))
        .should()
        .dependOnClassesThat(resideInAPackage(base + "..").and(not(resideInAnyPackage(visible))))
        .allowEmptyShould(true);
  }

  /// The vocabulary stands on the JDK, JSpecify and Jackson's annotations.
  ArchRule modelIsPlain() {
    return classes()
        .that()
        .resideInAPackage(within("model"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            within("model"),
            "java..",
            "org.jspecify.annotations..",
            "com.fasterxml.jackson.annotation..")
        .allowEmptyShould(true);
  }

  /// The log on disk stands on the JDK and the vocabulary.
  ArchRule logIsPlain() {
    return classes()
        .that()
        .resideInAPackage(within("log"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(within("log"), within("model"), "java..", "org.jspecify.annotations..")
        .allowEmptyShould(true);
  }

  /// The state machines decide on values alone: no thread, lock, clock, file, socket or framework.
  ArchRule replicationIsPure() {
    return isPure("replication", "java.nio.charset..");
  }

  /// The table too, which may be bytes as well.
  ArchRule tableIsPure() {
    return isPure("table", "java.nio", "java.nio.charset..");
  }

  private ArchRule isPure(String module, String... packages) {
    DescribedPredicate<JavaClass> values =
        resideInAnyPackage(
                within(module),
                within("model"),
                "java.lang..",
                "java.util..",
                "org.jspecify.annotations..")
            .or(resideInAnyPackage(packages));
    DescribedPredicate<JavaClass> world =
        or(
            resideInAPackage("java.util.concurrent..").and(not(equivalentTo(TimeUnit.class))),
            equivalentTo(Thread.class),
            equivalentTo(ThreadLocal.class),
            equivalentTo(Process.class),
            equivalentTo(ProcessBuilder.class));
    return classes()
        .that()
        .resideInAPackage(within(module))
        .should()
        .onlyDependOnClassesThat(values.or(equivalentTo(Duration.class)).and(not(world)))
        .allowEmptyShould(true);
  }

  /// Equal state and input give equal effects: nothing in the state machines asks for the time or
  /// for chance.
  ArchRule replicationIsRepeatable() {
    return noClasses()
        .that()
        .resideInAPackage(within("replication"))
        .should()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethod(UUID.class, "randomUUID")
        .orShould()
        .callConstructor(Random.class)
        .allowEmptyShould(true);
  }

  /// Only the log touches log files, so only its writer can close a channel by being interrupted.
  ArchRule onlyLogOpensFileChannels() {
    return noClasses()
        .that()
        .resideInAnyPackage(
            Stream.of("model", "replication", "table", "node", "master", "follower")
                .map(this::within)
                .toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.nio.channels.FileChannel")
        .allowEmptyShould(true);
  }

  /// Breakers, bulkheads and back-off belong to the one that calls others.
  ArchRule onlyMasterUsesResilience4j() {
    return noClasses()
        .that()
        .resideOutsideOfPackage(within("master"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilience4j..")
        .allowEmptyShould(true);
  }

  /// The terminal client starts in a fraction of a second.
  ArchRule clientIsWithoutSpring() {
    return noClasses()
        .that()
        .resideInAPackage(within("client"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .allowEmptyShould(true);
  }

  /// The connectors know the cluster by its HTTP contract. What they share of a node's shell is the
  /// form of errors, the reading of JSON and settings, and nothing that runs a node.
  ArchRule connectorsAreNoNode() {
    return noClasses()
        .that()
        .resideInAPackage(within("connectors"))
        .should()
        .dependOnClassesThat(
            resideInAPackage(within("node"))
                .and(
                    not(
                        resideInAnyPackage(
                            Stream.of("problem", "json", "settings", "filter", "security")
                                .map(part -> base + ".node." + part)
                                .toArray(String[]::new)))))
        .allowEmptyShould(true);
  }

  /// What the libraries have to say they say to their caller.
  ArchRule librariesDoNotPrint() {
    return noClasses()
        .that()
        .resideInAnyPackage(within("model"), within("replication"), within("log"), within("table"))
        .should(ACCESS_STANDARD_STREAMS)
        .allowEmptyShould(true);
  }

  /// Virtual time inside, awaited conditions outside: nobody waits for a span of time to pass.
  ArchRule nobodySleeps() {
    return noClasses()
        .should()
        .callMethodWhere(
            target(name("sleep"))
                .and(target(owner(or(equivalentTo(Thread.class), equivalentTo(TimeUnit.class))))))
        .allowEmptyShould(true);
  }

  private String within(String module) {
    return base + "." + module + "..";
  }
}
