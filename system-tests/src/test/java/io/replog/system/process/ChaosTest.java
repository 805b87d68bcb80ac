package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.replog.system.kit.Program;
import io.replog.system.kit.Programs;
import io.replog.system.kit.RabbitServer;
import io.replog.system.kit.RabbitUser;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import io.replog.system.sabotage.Sabotage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// The chaos suite as people run it, short: it finds nothing wrong with the nodes as they are, and
/// finds what is wrong with nodes that lack a protection.
class ChaosTest {

  private static final Duration LIMIT = Duration.ofMinutes(8);

  /// What any machine can do; the rest needs root or further programs.
  private static final String FAULTS =
      "kill,pause,wipe,partition,one-way,slow,cut,storm,overload,rot";

  @Test
  void findsEveryPromiseKept() {
    Program.Result chaos =
        chaos("--seconds", "20", "--seed", "900001", "--clients", "12", "--faults", FAULTS);

    assertThat(chaos.exitCode()).as("%s", chaos).isZero();
    assertThat(chaos.output())
        .contains("every promise was kept", "./replog chaos --seconds 20 --seed 900001");
    Path history = Repository.root().resolve(".replog/chaos/900001");
    assertThat(history.resolve("report.txt")).content().contains("every promise was kept");
    assertThat(history.resolve("adds.jsonl")).isNotEmptyFile();
    assertThat(history.resolve("data")).doesNotExist();
  }

  @Test
  void keepsEveryPromiseUnderFaultsThatTakeRoot() {
    Tools.require("strace", "strace");
    Tools.require("faketime", "faketime");
    Tools.require("nft", "nftables");
    Tools.require("ip", "iproute2");
    Tools.require("mkfs.ext4", "e2fsprogs");
    Tools.require("xfs_io", "xfsprogs");
    assumeTrue(Programs.isRoot());

    Program.Result chaos =
        chaos(
            "--seconds=15",
            "--seed=900003",
            "--clients=12",
            "--faults=packets,clock,full-disk,slow-force,failing-force,power");

    assertThat(chaos.exitCode()).as("%s", chaos).isZero();
    assertThat(chaos.output()).contains("every promise was kept").doesNotContain("left out");
  }

  /// Batches go through a broker, which is killed in the middle.
  @Test
  void findsEveryPromiseKeptThroughBroker() {
    try (RabbitServer broker = RabbitServer.running("chaos")) {
      CompletableFuture<Program.Result> running =
          CompletableFuture.supplyAsync(
              () ->
                  chaos(
                      "--seconds=45",
                      "--seed=900005",
                      "--clients=12",
                      "--faults=kill,pause,wipe,partition,slow,cut",
                      "--rabbitmq=" + broker.uri()));
      RabbitUser user = broker.user();
      TestCluster.await("a queue", () -> user.hasQueue("replog.replog.entries.follower-1"));
      user.subscribe("witness", "replog.replog.entries", Map.of("x-max-length", 100));
      TestCluster.await("batches that come through it", () -> user.waiting("witness") >= 50);
      broker.kill();
      broker.start();
      Program.Result chaos = running.join();

      assertThat(chaos.exitCode()).as("%s", chaos).isZero();
      assertThat(chaos.output()).contains("every promise was kept", "--rabbitmq amqp://");
    }
  }

  @Test
  void findsDuplicatesOfMasterThatRemembersNoKey() {
    Program.Result chaos =
        chaos(
            "--seconds=12",
            "--seed=900002",
            "--clients=12",
            "--faults=storm",
            "--node-options="
                + Sabotage.of("io/replog/replication/master/IdempotencyTable.find").javaOption());

    assertThat(chaos.exitCode()).as("%s", chaos).isEqualTo(1);
    assertThat(chaos.output()).contains("C3 EXACTLY_ONCE", "what shows it", "acknowledged at #");
    assertThat(Repository.root().resolve(".replog/chaos/900002/logs/master.log"))
        .content()
        .contains("SABOTAGED io/replog/replication/master/IdempotencyTable");
  }

  @Test
  void findsWhatPowerCutsTakeFromNodesThatForceNothing() {
    Tools.require("mkfs.ext4", "e2fsprogs");
    Tools.require("xfs_io", "xfsprogs");
    assumeTrue(Programs.isRoot());

    Program.Result chaos =
        chaos(
            new Program(Repository.root()).with("FSYNC", "never"),
            "--seconds=20",
            "--seed=900004",
            "--clients=12",
            "--faults=power");

    assertThat(chaos.exitCode()).as("%s", chaos).isEqualTo(1);
    assertThat(chaos.output()).contains("C1 ACKNOWLEDGED_IS_KEPT", "what shows it");
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThat(chaos("--faults", "kill,rain").exitCode()).isEqualTo(2);
    assertThat(chaos("--nodes", "1").exitCode()).isEqualTo(2);
    assertThat(chaos("--seeds", "many").exitCode()).isEqualTo(2);
  }

  private static Program.Result chaos(String... arguments) {
    return chaos(new Program(Repository.root()), arguments);
  }

  private static Program.Result chaos(Program program, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path jar = Repository.root().resolve("system-tests/target/system-tests.jar");
    assertThat(Files.exists(jar)).isTrue();
    line.addAll(List.of("-jar", jar.toString(), "chaos"));
    line.addAll(List.of(arguments));
    return program.run(LIMIT, line);
  }
}
