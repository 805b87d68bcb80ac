package io.replog.client.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.Home;
import io.replog.client.cluster.FakeNodeCommand;
import io.replog.client.remote.Target;
import io.replog.client.terminal.Console;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompletionTest {

  @TempDir private Path root;
  private Completion completion;

  @BeforeEach
  void writeDotEnv() throws Exception {
    Files.writeString(
        root.resolve(".env"), "MASTER_PORT=6061\nFOLLOWER_1_PORT=6062\nFOLLOWER_2_PORT=6063\n");
    Home home = new Home(root, Map.of(), new FakeNodeCommand());
    Target target = new Target(home);
    Console console = Console.system(Map.of());
    Session session = new Session(home, target, console, null, null);
    completion = new Completion(session.verbs(console).getSubcommands(), target);
  }

  @Test
  void beginsWithTheWords() {
    assertThat(completion.of(List.of(), "")).contains("add", "list", "w", "trace", "exit");
  }

  @Test
  void namesTheNodesOfTheCluster() {
    assertThat(completion.of(List.of("list"), ""))
        .containsExactly("master", "follower-1", "follower-2");
    assertThat(completion.of(List.of("fault"), "c")).contains("clear", "follower-2");
    assertThat(completion.of(List.of("fault", "clear"), "")).contains("follower-1");
  }

  @Test
  void namesTheOptionsOfAVerbButNotThoseThatChooseTheCluster() {
    assertThat(completion.of(List.of("fault", "follower-1"), "--d"))
        .contains("--delay", "--drop-answers")
        .doesNotContain("--master", "--follower");
  }

  @Test
  void countsConcernsUpToTheNumberOfNodes() {
    assertThat(completion.of(List.of("w"), "")).containsExactly("1", "2", "3", "majority", "all");
  }

  @Test
  void leavesTextsAlone() {
    assertThat(completion.of(List.of("add"), "l")).isEmpty();
    assertThat(completion.of(List.of("hello"), "l")).isEmpty();
  }
}
