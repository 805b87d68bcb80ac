package io.replog.system.process;

import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.SlowClients;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Clients that send next to nothing are cut off, and others are served meanwhile. `-Dlong=true`
/// sends two thousand of them.
class SlowClientsTest {

  private static final String HEAD = "GET /messages HTTP/1.1\r\nHost: x\r\nX-Slow: ";
  private static final String BODY =
      "POST /add HTTP/1.1\r\n"
          + "Host: x\r\n"
          + "Content-Type: application/json\r\n"
          + "Content-Length: 100000\r\n\r\n"
          + "{\"data\":\"";
  private static final String UNWANTED_BODY =
      "POST /nowhere HTTP/1.1\r\n"
          + "Host: x\r\n"
          + "Content-Type: application/json\r\n"
          + "Content-Length: 60000\r\n\r\n"
          + "{";

  private static final int CLIENTS = Boolean.getBoolean("long") ? 2_000 : 400;
  private static final Duration EVERY = Duration.ofSeconds(2);

  /// Half of the heap divided by what one connection takes, and some more.
  private static final int MORE_THAN_THERE_ARE = 1_600;

  /// What a node allows to a head where connections are scarce is a fifth of this.
  private static final Duration HEAD_TIME = Duration.ofSeconds(30);

  private final TestCluster cluster =
      TestCluster.laidOut(
          "slow-clients",
          settings ->
              settings.followers(1).set(MASTER, "JAVA_OPTS", TestCluster.javaOptions("128m")));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {HEAD, BODY, UNWANTED_BODY})
  void areCut(String first) {
    cluster.up();

    try (SlowClients clients = SlowClients.send(cluster.master(), CLIENTS, first, EVERY)) {
      TestCluster.await("all are connected", () -> clients.connected() == CLIENTS);
      TestCluster.await("all are cut", () -> clients.ended() == CLIENTS);

      assertThat(clients.endings()).doesNotContainKey("200");
    }
    assertThat(cluster.master().texts()).isEmpty();
  }

  /// The node has more patience than usual, so that all of them still hold on when the others have
  /// been served.
  @ParameterizedTest
  @ValueSource(strings = {HEAD, BODY})
  void keepNobodyElseWaiting(String first) {
    cluster.nodes().set(MASTER, "REPLOG_HTTP_HEAD_TIME", "10m");
    cluster.nodes().set(MASTER, "REPLOG_HTTP_BODY_GRACE", "10m");
    cluster.nodes().set(MASTER, "SERVER_TOMCAT_CONNECTION_TIMEOUT", "10m");
    cluster.up();

    try (SlowClients clients = SlowClients.send(cluster.master(), CLIENTS, first, EVERY);
        HttpClient connections = NodeClient.connections(TestCluster.LIMIT)) {
      TestCluster.await("all are connected", () -> clients.connected() == CLIENTS);
      NodeClient quick = cluster.master().by(connections);

      Reply probe = quick.get("/livez");
      Reply added = quick.add("from somebody quick", 2);

      assertThat(clients.ended()).as("slow clients that are gone").isZero();
      assertThat(probe.status()).isEqualTo(200);
      assertThat(added.status()).isEqualTo(200);
    }
    assertThat(cluster.master().texts()).containsExactly("from somebody quick");
  }

  @Test
  void makeRoomForOthersWhenTheyTakeAllConnections() {
    cluster.nodes().set(MASTER, "REPLOG_HTTP_HEAD_TIME", HEAD_TIME.toSeconds() + "s");
    cluster.up();

    try (SlowClients clients =
            SlowClients.send(cluster.master(), MORE_THAN_THERE_ARE, HEAD, EVERY);
        HttpClient connections = NodeClient.connections(TestCluster.LIMIT)) {
      TestCluster.await("all are connected", () -> clients.connected() == MORE_THAN_THERE_ARE);
      NodeClient quick = cluster.master().by(connections);

      Reply probe = quick.get("/livez");
      Reply added = quick.add("from somebody quick", 2);

      assertThat(probe.status()).isEqualTo(200);
      assertThat(added.status()).isEqualTo(200);
      assertThat(probe.elapsed().plus(added.elapsed())).isLessThan(HEAD_TIME);
    }
  }
}
