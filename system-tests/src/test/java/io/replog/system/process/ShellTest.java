package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Program;
import io.replog.system.kit.Pty;
import io.replog.system.kit.Replog;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `replog shell` on a terminal, as somebody types, and on a pipe.
class ShellTest {

  private static TestCluster cluster;

  @TempDir private Path home;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.running("shell", settings -> settings);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  @AfterEach
  void heal() {
    cluster.start(FOLLOWER_1);
    cluster.awaitInSync();
  }

  @Test
  void sendsExactlyWhatIsTyped() {
    String text = "  !! it's  \"so\" \\n $HOME `x` ~ 世界 ü -w 9";
    try (Pty terminal = shell(Map.of())) {
      terminal.type("add list\r");
      terminal.await("appended, 1 of 3 acknowledged (master) in ");
      terminal.type(text + "\r");
      terminal.await("appended, 1 of 3 acknowledged (master) in ");
      leave(terminal);
    }

    List<String> texts = cluster.master().texts();
    assertThat(texts.subList(texts.size() - 2, texts.size())).containsExactly("list", text);
  }

  @Test
  void saysWhoAcknowledgedWithTheConcernThatWasSet() {
    try (Pty terminal = shell(Map.of())) {
      terminal.type("w 3\r");
      terminal.await("replog w=3> ");
      terminal.type("by all\r");
      terminal.await("3 of 3 acknowledged (master, follower-1, follower-2) in ");
      terminal.type("list sub1\r");
      terminal.await("by all");
      leave(terminal);
    }
  }

  @Test
  void completesWordsNodesAndOptions() {
    try (Pty terminal = shell(Map.of())) {
      terminal.type("hea" + Pty.TAB);
      terminal.await("health ");
      terminal.type("\r");
      terminal.await("writable: ");
      terminal.await("replog> ");
      terminal.type("list m" + Pty.TAB);
      terminal.await("master ");
      terminal.type("--li" + Pty.TAB);
      terminal.await("--limit ");
      terminal.type("1\r");
      terminal.await("replog> ");
      leave(terminal);
    }
  }

  @Test
  void remembersLinesForTheirOwnerAlone() throws IOException {
    try (Pty terminal = shell(Map.of())) {
      terminal.type("remembered  \\n!\r");
      terminal.await("appended");
      terminal.type(" secret\r");
      terminal.await("appended");
      leaveByCtrlD(terminal);
    }
    try (Pty terminal = shell(Map.of())) {
      terminal.type(Pty.UP);
      terminal.await("remembered  \\n!");
      terminal.type("\r");
      terminal.await("appended");
      leave(terminal);
    }

    Path history = home.resolve(".local/state/replog/history");
    assertThat(history).content().contains("remembered").doesNotContain("secret");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
    assertThat(cluster.master().texts().stream().filter("remembered  \\n!"::equals)).hasSize(2);
  }

  @Test
  void putsAsideAHistoryThatCannotBeRead() throws IOException {
    Path history = home.resolve(".local/state/replog/history");
    Files.createDirectories(history.getParent());
    Files.write(history, new byte[] {'n', 'o', 'n', 'e', '\n', (byte) 0xff, '\n'});

    try (Pty terminal = shell(Map.of())) {
      terminal.type("from now on\r");
      terminal.await("appended");
      leave(terminal);
      assertThat(terminal.shown()).contains("What was typed before cannot be read");
    }

    assertThat(history).content().contains("from now on");
    assertThat(history.resolveSibling("history.damaged")).exists();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(history)))
        .isEqualTo("rw-------");
  }

  @Test
  void remembersNothingWhereThatIsNotWanted() {
    try (Pty terminal = shell(Map.of(), "--no-history")) {
      terminal.type("forgotten\r");
      terminal.await("appended");
      leave(terminal);
    }

    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void givesUpWaitingAtCtrlC() {
    cluster.nodes().kill(FOLLOWER_1);
    try (Pty terminal = shell(Map.of(), "-w", "3")) {
      terminal.type("who is there\r");
      cluster.awaitBlocked(1);
      terminal.type(Pty.CTRL_C);
      terminal.await("gave up waiting after ");
      terminal.await("may or may not be in the log");
      terminal.await("replog w=3> ");
      terminal.type("w 2\r");
      terminal.await("replog w=2> ");
      terminal.type("enough\r");
      terminal.await("2 of 3 acknowledged (master, follower-2) in ");
      leave(terminal);
    }

    assertThat(cluster.master().texts()).contains("who is there", "enough");
  }

  @Test
  void endsTheTailAtCtrlCAndNotTheShell() {
    try (Pty terminal = shell(Map.of())) {
      terminal.type("tail\r");
      addUntilShown(terminal);
      terminal.type(Pty.CTRL_C);
      terminal.await("replog> ");
      terminal.type(Pty.CTRL_C);
      terminal.await("replog> ");
      terminal.type("lag\r");
      terminal.await("HOLDS UP TO");
      leaveByCtrlD(terminal);
    }
  }

  /// The tail shows what comes after it began, and nothing tells when that is.
  private static void addUntilShown(Pty terminal) {
    TestCluster.await(
        "the tail shows a message",
        () -> {
          cluster.master().add("news \u001b[2J", 1);
          return terminal.shown().contains("news \\u001b[2J");
        });
    assertThat(terminal.shown()).doesNotContain("news \u001b");
  }

  @Test
  void saysInASentenceThatAFollowerIsDown() {
    cluster.nodes().kill(FOLLOWER_1);
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    try (Pty terminal = shell(Map.of())) {
      terminal.type("list follower-1\r");
      terminal.await("is not there (connection refused)");
      terminal.type("health\r");
      terminal.await("UNHEALTHY");
      leave(terminal);
      assertThat(terminal.shown()).doesNotContain("Exception", "\tat ");
    }
  }

  @Test
  void worksOnADumbTerminal() {
    try (Pty terminal = shell(Map.of("TERM", "dumb"))) {
      terminal.type("plain\r");
      terminal.await("appended, 1 of 3 acknowledged (master) in ");
      leave(terminal);
      assertThat(terminal.shown()).doesNotContain("\u001b", "WARNING");
    }
  }

  @Test
  void takesLinesOfAPipe() throws IOException {
    Files.writeString(home.resolve("lines"), "one \"line\"\nlist follower-9\nw 3\nanother\n");
    List<String> line = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" < lines", "sh"));
    line.addAll(Replog.command(home, options()));

    Program.Result run =
        new Program(home).with("HOME", home.toString()).run(TestCluster.LIMIT, line);

    assertThat(run.exitCode()).as("%s", run).isEqualTo(2);
    assertThat(run.output()).contains("1 of 3", "3 of 3").doesNotContain("replog>", "\u001b");
    assertThat(run.errors()).contains("there is no node 'follower-9'").doesNotContain("WARNING");
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void loadsTheEditorForTheShellAlone() throws IOException {
    Path classes = home.resolve("classes");
    List<String> line = new ArrayList<>(Replog.command(home, "add", "quick"));
    line.addAll(List.of("--master", cluster.nodes().url(TestCluster.MASTER)));
    line.add(1, "-Xlog:class+load:file=" + classes);

    Program.Result run = new Program(home).run(TestCluster.LIMIT, line);

    assertThat(run.exitCode()).isZero();
    assertThat(Files.readString(classes))
        .contains("io.replog.client")
        .doesNotContain("] org.jline");
  }

  private static void leave(Pty terminal) {
    terminal.type("exit\r");
    assertThat(terminal.awaitExit()).as(terminal.shown()).isZero();
    assertThat(terminal.shown()).doesNotContain("WARNING");
  }

  /// Unlike a word, it does not become the last line of the history.
  private static void leaveByCtrlD(Pty terminal) {
    terminal.await("replog> ");
    terminal.type(Pty.CTRL_D);
    assertThat(terminal.awaitExit()).as(terminal.shown()).isZero();
  }

  private Pty shell(Map<String, String> environment, String... more) {
    Map<String, String> all = new HashMap<>(Map.of("HOME", home.toString()));
    all.put("XDG_STATE_HOME", "");
    all.putAll(environment);
    Pty terminal = Pty.open(home, all, Replog.command(home, options(more)));
    terminal.await("replog");
    return terminal;
  }

  private static String[] options(String... more) {
    List<String> line = new ArrayList<>(List.of("shell"));
    cluster
        .nodes()
        .nodes()
        .forEach(
            node ->
                line.addAll(
                    List.of(
                        node.isMaster() ? "--master" : "--follower",
                        cluster.nodes().url(node.name()))));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }
}
