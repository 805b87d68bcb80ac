package io.replog.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.client.cluster.ProcessIdentity.Condition;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessIdentityTest {

  private Process bystander;

  @BeforeEach
  void startBystander() throws Exception {
    bystander = new ProcessBuilder("sleep", "600").start();
  }

  @AfterEach
  void endBystander() {
    bystander.destroyForcibly();
  }

  @Test
  void recognisesProcessUntilItIsGone() throws Exception {
    ProcessIdentity identity = ProcessIdentity.of(bystander.pid());
    assertThat(identity.condition()).isEqualTo(Condition.RUNNING);

    assertThat(bystander.destroyForcibly().waitFor(1, TimeUnit.MINUTES)).isTrue();

    assertThat(identity.condition()).isEqualTo(Condition.GONE);
  }

  @Test
  void neverTakesReusedProcessIdForTheNode(@TempDir Path directory) {
    NodeProcess node = nodeWithRecord(directory, "an earlier start");

    node.kill();

    assertThat(node.state()).isEqualTo(NodeState.EXITED);
    assertThat(bystander.isAlive()).isTrue();
  }

  @Test
  void killsProcessWhoseMarkIsRight(@TempDir Path directory) throws Exception {
    String mark = ProcessIdentity.of(bystander.pid()).startMark();
    NodeProcess node = nodeWithRecord(directory, mark);

    node.kill();

    assertThat(bystander.waitFor(1, TimeUnit.MINUTES)).isTrue();
  }

  private NodeProcess nodeWithRecord(Path directory, String mark) {
    ClusterFiles files = new ClusterFiles(directory);
    new NodeRecord(bystander.pid(), mark, false).write(files.process("master"));
    return new NodeProcess(NodeSpec.master(1), files);
  }
}
