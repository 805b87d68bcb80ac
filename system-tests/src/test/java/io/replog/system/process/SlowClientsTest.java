package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.SlowClients;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Clients that send next to nothing are cut off, and others are served meanwhile. `-Dlong=true`
/// sends two thousand of them.
class SlowClientsTest {

  private static final int CLIENTS = Boolean.getBoolean("long") ? 2_000 : 400;
  private static final Duration EVERY = Duration.ofSeconds(2);
  private static final Duration SERVED = Duration.ofSeconds(5);

  /// Half of the heap divided by what one connection takes, and some more.
  private static final int MORE_THAN_THERE_ARE = 1_600;

  private final TestCluster cluster =
      TestCluster.running(
          "slow-clients",
          settings ->
              settings
                  .followers(1)
                  .set(
                      MASTER,
                      "JAVA_OPTS",
                      "-Xmx128m -XX:+UseSerialGC -XX:TieredStopAtLevel=1"
                          + " -XX:+ExitOnOutOfMemoryError"));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void cutsSlowHeads() {
    requireAllCut(CLIENTS, "GET /messages HTTP/1.1\r\nHost: x\r\nX-Slow: ");
  }

  @Test
  void cutsSlowBodies() {
    requireAllCut(
        CLIENTS,
        "POST /add HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: 100000\r\n\r\n"
            + "{\"data\":\"");
  }

  @Test
  void cutsSlowBodiesThatNobodyWants() {
    requireAllCut(
        CLIENTS,
        "POST /nowhere HTTP/1.1\r\n"
            + "Host: x\r\n"
            + "Content-Type: application/json\r\n"
            + "Content-Length: 60000\r\n\r\n"
            + "{");
  }

  @Test
  void answersProbesWhenAllConnectionsAreTaken() {
    requireAllCut(MORE_THAN_THERE_ARE, "GET /messages HTTP/1.1\r\nX-Slow: ");
  }

  private void requireAllCut(int count, String first) {
    try (SlowClients clients = SlowClients.send(cluster.master(), count, first, EVERY)) {
      TestCluster.await("all are connected", () -> clients.connected() == count);

      Reply probe = cluster.master().get("/livez");
      Reply added = cluster.master().add("from somebody quick", 2);

      TestCluster.await("all are cut", () -> clients.ended() == count);
      assertThat(probe.status()).isEqualTo(200);
      assertThat(probe.elapsed()).isLessThan(SERVED.multipliedBy(4));
      assertThat(added.status()).isEqualTo(200);
      assertThat(clients.endings()).doesNotContainKey("200");
    }
    assertThat(cluster.master().texts()).containsOnly("from somebody quick");
  }
}
