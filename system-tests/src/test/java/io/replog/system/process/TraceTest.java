package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// "Why did it take so long?", asked of a cluster of real processes.
class TraceTest {

  private static TestCluster cluster;

  @BeforeAll
  static void startCluster() {
    cluster = TestCluster.running("trace", settings -> settings);
  }

  @AfterAll
  static void stopCluster() {
    cluster.close();
  }

  private static void fault(String follower, String faults) {
    NodeClient master = cluster.master().saying("Cluster-Token", cluster.nodes().token());
    String path = "/cluster/faults/" + follower;
    assertThat(master.send("PUT", path, faults.getBytes(StandardCharsets.UTF_8)).status())
        .isEqualTo(200);
  }

  private static JsonNode trace(long index) {
    return cluster.master().get("/messages/" + index + "/trace").data();
  }

  private static double at(JsonNode moment) {
    return moment.get("ms").asDouble();
  }

  @Test
  void namesTheDelayOfTheFollowerThatTheCallWaitedFor() {
    fault("follower-1", "{\"delay_ms\":1000}");
    Reply added = cluster.master().add("slow", 3);
    fault("follower-1", "{}");

    JsonNode trace = trace(added.index());

    double released = at(trace.get("released"));
    assertThat(released).isBetween(1_000.0, added.elapsed().toMillis() + 1.0);
    JsonNode slow = trace.get("followers").get(0);
    JsonNode tries = slow.get("tries");
    JsonNode attempt = tries.get(tries.size() - 1);
    JsonNode there = attempt.get("there");
    assertThat(there.get("held_ms").asDouble()).isBetween(1_000.0, released);
    double told =
        there.get("held_ms").asDouble()
            + there.get("forced_ms").asDouble()
            + 2 * there.get("plus_minus_ms").asDouble();
    assertThat(told)
        .as("what the follower measured and the way make up the whole")
        .isCloseTo(at(attempt.get("ended")) - at(attempt.get("sent")), within(0.01));
    assertThat(at(slow.get("acknowledged"))).isGreaterThanOrEqualTo(at(attempt.get("ended")));
  }

  @Test
  void namesEveryErrorOnTheWay() {
    fault(FOLLOWER_2, "{\"error_before_percent\":100}");
    Reply added = cluster.master().add("stubborn", 2);
    TestCluster.await("two attempts", () -> tries(added.index()).size() > 1);
    fault(FOLLOWER_2, "{}");
    cluster.awaitInSync();

    JsonNode tries = tries(added.index());

    assertThat(tries.get(0).get("error").asString()).contains("injected before the append");
    assertThat(tries.get(0).get("back_off_ms").asDouble()).isPositive();
    assertThat(tries.get(tries.size() - 1).get("error").isNull()).isTrue();
  }

  private static JsonNode tries(long index) {
    return trace(index).get("followers").get(1).get("tries");
  }
}
