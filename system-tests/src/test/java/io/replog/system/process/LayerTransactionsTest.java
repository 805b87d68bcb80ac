package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.MASTER;
import static io.replog.system.kit.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Problems;
import io.replog.system.kit.Program;
import io.replog.system.kit.Replog;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The table of a layer node is that of its version, and transactions of a layer read it there.
class LayerTransactionsTest {

  private static final String LAYER_1 = "layer-1-1";
  private static final String LAYER_2 = "layer-2-1";

  private final TestCluster cluster =
      TestCluster.running(
          "layer-transactions",
          settings ->
              settings
                  .layer(1, 1, "every 10 messages", FOLLOWER_1)
                  .layer(2, 1, "every 200ms", LAYER_1));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void readsOnALayerWhatItsVersionHolds() {
    write(1, 10);
    awaitVersion(LAYER_1, 10);
    write(11, 15);

    Reply read = run(LAYER_1, "b1, r(k), c");
    Reply core = run(MASTER, "b0, r(k), c");

    assertThat(read.status()).as(read.toString()).isEqualTo(200);
    assertThat(read.data().get("transaction").asString()).isEqualTo("b1, r(k)=10, c");
    assertThat(core.data().get("transaction").asString()).isEqualTo("b0, r(k)=15, c");
    Reply table = cluster.client(LAYER_1).get("/table/k");
    assertThat(table.data().get("value").asString()).isEqualTo("10");
    assertThat(table.number("Log-Index")).isEqualTo(10);
  }

  @Test
  void keepsTheTableOfItsVersionAcrossAKill() {
    write(1, 25);
    awaitVersion(LAYER_1, 20);

    cluster.nodes().kill(LAYER_1);
    cluster.start(LAYER_1);

    await("the table is there again", () -> run(LAYER_1, "b1, r(k), c").status() == 200);
    assertThat(run(LAYER_1, "b1, r(k), c").data().get("transaction").asString())
        .isEqualTo("b1, r(k)=20, c");
  }

  @Test
  void refusesATransactionOfAnotherLayer() {
    write(1, 10);
    awaitVersion(LAYER_2, 10);

    Reply refused = run(LAYER_2, "b1, r(k), c");

    Problems.requireProblem(refused, 400);
    assertThat(refused.data().get("reason").asString()).isEqualTo("OTHER_LAYER");
    assertThat(refused.data().get("layer").asInt()).isEqualTo(2);
  }

  @Test
  void playsAFileWhoseLinesReadOnDifferentLayers(@TempDir Path home) throws IOException {
    write(1, 10);
    awaitVersion(LAYER_2, 10);
    await("the master knows the layers", () -> cluster.master().health().has("layers"));
    Path file =
        Files.writeString(
            home.resolve("transactions.txt"),
            """
            b, w(k,new), r(k), c
            b0, r(k), c
            b1, r(k), c
            b2, r(k), c
            """);

    Program.Result run =
        new Program(home)
            .run(
                TestCluster.LIMIT,
                Replog.command(
                    home,
                    "run",
                    file.toString(),
                    "-w",
                    "all",
                    "--master",
                    cluster.nodes().url(MASTER)));

    assertThat(run.exitCode()).as(run.errors()).isZero();
    assertThat(run.output())
        .isEqualTo(
            """
            b, w(k,new), r(k)=new, c
            b0, r(k)=new, c
            b1, r(k)=10, c
            b2, r(k)=10, c
            """);
  }

  private void write(int first, int last) {
    IntStream.rangeClosed(first, last)
        .forEach(
            n -> assertThat(run(MASTER, "b, w(k,%d), c".formatted(n)).status()).isEqualTo(200));
  }

  private Reply run(String node, String transaction) {
    return cluster
        .client(node)
        .post(
            "/transactions?write_concern=all",
            transaction,
            "Content-Type",
            "text/plain; charset=utf-8");
  }

  private void awaitVersion(String node, long version) {
    await(
        node + " shows version " + version,
        () -> cluster.client(node).get("/messages").number("Log-Version") == version);
  }
}
