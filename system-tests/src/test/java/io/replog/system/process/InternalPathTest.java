package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the nodes say to one another is not for clients.
@ExtendWith(SharedCluster.class)
class InternalPathTest {

  @ParameterizedTest
  @CsvSource({
    "follower-1, POST, /replicate",
    "follower-1, POST, /heartbeat",
    "follower-1, GET, /cluster/entries",
    "follower-1, POST, /cluster/feed",
    "master, POST, /cluster/feed",
    "follower-1, GET, /cluster/nothing",
    "master, POST, /cluster/adopt",
    "master, GET, /cluster/nothing"
  })
  void needsTokenOfCluster(String node, String method, String path, TestCluster cluster) {
    NodeClient client = cluster.client(node);
    byte[] body = method.equals("POST") ? "{}".getBytes(StandardCharsets.UTF_8) : new byte[0];

    Problems.requireProblem(client.send(method, path, body), 401);
    Problems.requireProblem(client.send(method, path, body, "Cluster-Token", "wrong"), 401);
    Problems.requireProblem(client.send(method, path, body, "Cluster-Token", ""), 401);
    Problems.requireProblem(
        client.send(method, path, body, "Authorization", "Bearer client-key"), 403);
  }

  @Test
  void answersNodeThatKnowsToken(TestCluster cluster) {
    String token = cluster.nodes().token();

    int status = cluster.follower1().post("/replicate", "{}", "Cluster-Token", token).status();

    assertThat(status).isEqualTo(400);
  }

  @Test
  void takesPlainFormOnlyUnclaimed(TestCluster cluster) {
    String token = cluster.nodes().token();

    var reply =
        cluster
            .follower1()
            .post(
                "/replicate",
                "{\"data\":{\"text\":\"by hand\",\"sequence_id\":1000000}}",
                "Cluster-Token",
                token);

    Problems.requireProblem(reply, 409);
    assertThat(Problems.reason(reply)).isEqualTo("OTHER_WRITER");
    assertThat(cluster.follower1().texts()).doesNotContain("by hand");
  }
}
