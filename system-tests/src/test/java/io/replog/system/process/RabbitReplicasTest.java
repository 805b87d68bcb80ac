package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.ConnectorsProgram;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.RabbitServer;
import io.replog.system.kit.RabbitUser;
import io.replog.system.kit.RabbitUser.Delivered;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// What people did with replicas that a broker coordinated, done with this log: publish to a queue,
/// read any replica, read what a majority has, watch it on a page, lose a replica and get it back.
class RabbitReplicasTest {

  private final List<String> published = new ArrayList<>();

  @Test
  void servesWhoeverPublishesToQueueAndReadsReplicas() {
    try (RabbitServer broker = RabbitServer.running("replicas");
        TestCluster cluster = TestCluster.running("rabbit-replicas", settings -> settings);
        ConnectorsProgram connectors =
            new ConnectorsProgram("replicas", cluster.nodes().url(MASTER))) {
      RabbitUser user = broker.user();
      user.subscribe("listener", "replog.out", Map.of());
      connectors.set("RABBITMQ_URI", broker.uri()).start();
      TestCluster.await("the queue", () -> user.hasQueue("replog.in"));

      publish(user, "Hello", "from", "the", "queue");
      everyReplicaHoldsAll(cluster, MASTER, FOLLOWER_1, FOLLOWER_2);
      majorityHoldsAll(cluster, 3);

      cluster.nodes().kill(FOLLOWER_2);
      publish(user, "one", "replica", "less");
      everyReplicaHoldsAll(cluster, MASTER, FOLLOWER_1);
      majorityHoldsAll(cluster, 2);
      cluster.awaitStatus(FOLLOWER_2, "UNHEALTHY");
      pageIsServed(cluster);

      cluster.start(FOLLOWER_2);
      publish(user, "back", "again");
      everyReplicaHoldsAll(cluster, MASTER, FOLLOWER_1, FOLLOWER_2);
      majorityHoldsAll(cluster, 3);
      cluster.awaitStatus(FOLLOWER_2, "HEALTHY");

      TestCluster.await(
          "published to listeners",
          () -> connectors.out().get("position").asLong() == published.size());
      assertThat(user.takeAll("listener")).extracting(Delivered::text).isEqualTo(published);
    }
  }

  private void publish(RabbitUser user, String... texts) {
    for (String text : texts) {
      published.add(text);
      user.publish("replog.in", "word-" + published.size(), text);
    }
  }

  private void everyReplicaHoldsAll(TestCluster cluster, String... nodes) {
    for (String node : nodes) {
      cluster.awaitTexts(node, published);
    }
  }

  private void majorityHoldsAll(TestCluster cluster, int holders) {
    Reply committed =
        cluster
            .follower1()
            .get(
                "/messages?read_concern=majority&wait_ms=60000&min_index=%d"
                    .formatted(published.size()));
    assertThat(committed.texts()).isEqualTo(published);
    TestCluster.await(
        "each message is found on " + holders, () -> isFoundOn(cluster.master(), holders));
  }

  /// Asks once. A node that is late once is missing in that answer.
  private boolean isFoundOn(NodeClient master, int holders) {
    Reply answer = master.get("/cluster/messages?read=majority&wait_ms=10000");
    if (answer.status() != 200) {
      return false;
    }
    JsonNode found = answer.data().get("messages");
    assertThat(found).hasSize(published.size());
    return found.valueStream().allMatch(message -> message.get("found_on").asInt() >= holders);
  }

  private static void pageIsServed(TestCluster cluster) {
    Reply page = cluster.master().get("/", "Accept", "text/html");
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).contains("<main");
  }
}
