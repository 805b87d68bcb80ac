package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many messages in one call, on real nodes.
class BulkAddTest {

  private static final int LINES = 5_000;

  private final TestCluster cluster = TestCluster.running("bulk", settings -> settings);

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void appendsEveryLineOnEveryNodeInItsOrder() {
    List<String> texts = IntStream.rangeClosed(1, LINES).mapToObj(n -> "message " + n).toList();

    Reply reply = bulk(cluster.master(), 3, plain(texts));

    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    assertThat(reply.header("Replication-Acks")).isEqualTo("3");
    assertThat(reply.data().get("first_index").asLong()).isEqualTo(1);
    assertThat(reply.data().get("last_index").asLong()).isEqualTo(LINES);
    assertThat(reply.data().get("count").asLong()).isEqualTo(LINES);
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.client(node).texts()).as(node).isEqualTo(texts);
    }
  }

  @Test
  void saysHowFarItCameWhenALineIsBad() {
    Reply first = bulk(cluster.master(), 3, "nonsense\n{\"data\":\"never\"}\n");
    Reply third = bulk(cluster.master(), 3, plain(List.of("m1", "m2")) + "{\"data\":7}\n");

    Problems.requireProblem(first, 400);
    assertThat(first.data().get("line").asLong()).isEqualTo(1);
    Problems.requireProblem(third, 504);
    assertThat(third.data().get("reason").asString()).isEqualTo("BAD_LINE");
    assertThat(third.data().get("line").asLong()).isEqualTo(3);
    assertThat(third.data().get("count").asLong()).isEqualTo(2);
    assertThat(cluster.follower2().texts()).containsExactly("m1", "m2");
  }

  @Test
  void recognisesLinesByTheirKeysAfterAllNodesWereKilled() {
    String keyed =
        IntStream.rangeClosed(1, 300)
            .mapToObj(n -> "{\"data\":\"m%d\",\"key\":\"k%d\"}\n".formatted(n, n))
            .collect(Collectors.joining());
    assertThat(bulk(cluster.master(), 2, keyed).status()).isEqualTo(200);

    cluster.nodes().killAll();
    cluster.up();
    Reply again = bulk(cluster.master(), 3, keyed);

    assertThat(again.status()).as("%s", again).isEqualTo(200);
    assertThat(again.data().get("replayed").asLong()).isEqualTo(300);
    assertThat(cluster.master().texts()).hasSize(300);
  }

  @Test
  void waitsForTheSlowestNodeAndThenSaysWhichLinesMayBeThere() {
    cluster.nodes().kill(FOLLOWER_2);

    Reply late =
        post(cluster.master(), "/add?write_concern=3&timeout_ms=500", plain(List.of("a", "b")));

    Problems.requireProblem(late, 504);
    assertThat(late.data().get("reason").asString()).isEqualTo("PENDING");
    assertThat(late.data().get("acks").asLong()).isBetween(0L, 2L);
    String last = "/messages/" + late.data().get("last_index").asLong();
    Reply held = cluster.master().get(last + "?wait_acks=2&wait_ms=60000");
    assertThat(held.number("Replication-Acks")).isEqualTo(2);
    cluster.start(FOLLOWER_2);
    cluster.awaitTexts(FOLLOWER_2, List.of("a", "b"));
  }

  @Test
  void isSentOnToTheMaster() {
    Reply reply = bulk(cluster.follower1(), 2, plain(List.of("m1")));

    assertThat(reply.status()).isEqualTo(307);
    assertThat(reply.header("Location"))
        .isEqualTo(cluster.nodes().url(MASTER) + "/add?write_concern=2");
  }

  private static Reply bulk(NodeClient node, int concern, String lines) {
    return post(node, "/add?write_concern=" + concern, lines);
  }

  private static Reply post(NodeClient node, String path, String lines) {
    byte[] body = lines.getBytes(StandardCharsets.UTF_8);
    return node.send("POST", path, body, "Content-Type", "application/x-ndjson");
  }

  private static String plain(List<String> texts) {
    return texts.stream().map("{\"data\":\"%s\"}\n"::formatted).collect(Collectors.joining());
  }
}
