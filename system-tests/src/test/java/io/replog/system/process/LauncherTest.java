package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.Ports;
import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Program;
import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import io.replog.system.kit.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command as people type it, in a directory that looks like a built checkout.
class LauncherTest {

  private static final Duration LIMIT = Duration.ofSeconds(240);

  @TempDir private Path home;

  private final int masterPort = Ports.free();

  @BeforeEach
  void layOutCheckout() throws IOException {
    Tools.require("bash", "bash");
    Path root = Repository.root();
    Files.copy(root.resolve("replog"), home.resolve("replog"), StandardCopyOption.COPY_ATTRIBUTES);
    Path pom = Files.copy(root.resolve("pom.xml"), home.resolve("pom.xml"));
    Files.setLastModifiedTime(pom, FileTime.fromMillis(0));
    for (String module : List.of("client", "master", "follower", "system-tests")) {
      Path built = Files.createDirectory(home.resolve(module)).resolve("target");
      Files.createSymbolicLink(built, root.resolve(module).resolve("target"));
    }
    Files.writeString(
        home.resolve(".env"),
        "MASTER_PORT=%d\nFOLLOWER_1_PORT=%d\nFOLLOWER_2_PORT=%d\n"
            .formatted(masterPort, Ports.free(), Ports.free()));
  }

  @AfterEach
  void stopCluster() {
    replog("down", "--wipe");
  }

  @Test
  void runsClusterAndTalksToIt() {
    Program.Result up = replog("up");
    assertThat(up.exitCode()).as("%s", up).isZero();
    assertThat(up.output()).contains("http://127.0.0.1:" + masterPort, "follower-2");

    Program.Result again = replog("up");
    assertThat(again.exitCode()).isZero();
    assertThat(again.output()).contains("running already");

    TestCluster.await(
        "ps shows all ready",
        () ->
            replog("ps")
                    .output()
                    .lines()
                    .filter(line -> line.contains("running") && line.contains("ready"))
                    .count()
                == 3);
    assertThat(replog("token").output().strip()).hasSizeGreaterThan(20).doesNotContain(" ");

    Program.Result added = replog("add", "does anybody hear me? ¿sí?", "-w", "3");
    assertThat(added.exitCode()).as("%s", added).isZero();
    assertThat(added.output()).contains("#1", "3 of 3");
    assertThat(replog("list").output()).contains("does anybody hear me? ¿sí?");
    assertThat(replog("list", "follower-1").output()).contains("does anybody hear me? ¿sí?");
    assertThat(replog("health").output()).contains("follower-1", "follower-2", "HEALTHY");
    assertThat(Json.parse(replog("health", "--json").output()).isObject()).isTrue();

    keepsRunningBeyondThisShellAndIsStopped();
  }

  private void keepsRunningBeyondThisShellAndIsStopped() {
    assertThat(replog("kill", "follower-1").exitCode()).isZero();
    assertThat(replog("ps").output().lines())
        .filteredOn(line -> line.contains("follower-1"))
        .singleElement()
        .asString()
        .contains("exited");
    assertThat(replog("add", "refused", "-w", "7").exitCode()).isEqualTo(3);
    assertThat(replog("add", "unknown", "-w", "3", "--timeout", "200ms").exitCode()).isEqualTo(4);
    assertThat(replog("start", "follower-1").exitCode()).isZero();
    assertThat(new NodeClient("http://127.0.0.1:" + masterPort).texts())
        .containsExactly("does anybody hear me? ¿sí?", "unknown");

    assertThat(replog("down", "--wipe").exitCode()).isZero();
    assertThat(replog("ps").output()).doesNotContain("running");
    assertThat(home.resolve(".replog/data")).doesNotExist();
    assertThat(replog("add", "nobody there").exitCode()).isEqualTo(3);
  }

  @Test
  void handsArgumentsOfChaosOverAndItsExitCodeBack() {
    Program.Result help = replog("chaos", "--help");
    Program.Result wrong = replog("chaos", "--faults", "rain");

    assertThat(help.exitCode()).as("%s", help).isZero();
    assertThat(help.output()).contains("--seed", "--faults");
    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.errors()).contains("there is no fault 'rain'", "failing-force");
  }

  private Program.Result replog(String... arguments) {
    List<String> command = new ArrayList<>(List.of("./replog"));
    command.addAll(List.of(arguments));
    return new Program(home)
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("FOLLOWER_1_DELAY", "0s")
        .with("FOLLOWER_2_DELAY", "0s")
        .with("JAVA_OPTS", TestCluster.JAVA_OPTIONS)
        .run(LIMIT, command);
  }
}
