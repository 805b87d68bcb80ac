package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.RabbitServer;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// The check that the whole thing exists for: a follower that comes late shows a prefix at every
/// moment, and the call that waited for it returns.
class SelfCheckTest {

  private static final List<String> ALL = List.of("Msg1", "Msg2", "Msg3", "Msg4");
  private static final Pattern BY_BROKER =
      Pattern.compile(
          "replog_follower_sends_total\\{follower=\"follower-1\",transport=\"rabbitmq\"} [1-9]");

  private TestCluster cluster;

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void showsPrefixAtEveryMomentAndReleasesTheWaitingCall() {
    cluster = TestCluster.laidOut("self-check", settings -> settings);

    check();
  }

  @Test
  void doesSoThroughBrokerToo() {
    try (RabbitServer broker = RabbitServer.running("self-check")) {
      cluster =
          TestCluster.laidOut(
              "self-check-broker",
              settings ->
                  settings
                      .set("REPLICATION_TRANSPORT", "rabbitmq")
                      .set("RABBITMQ_URI", broker.uri()));

      check();

      TestCluster.await("batches that go by the broker", this::goesByBroker);
    }
  }

  /// The first ones may come before the nodes have their broker.
  private boolean goesByBroker() {
    assertThat(cluster.master().add("and more", 2).status()).isEqualTo(200);
    return BY_BROKER.matcher(cluster.master().get("/actuator/prometheus").text()).find();
  }

  private void check() {
    cluster.start(FOLLOWER_1, MASTER);
    cluster.awaitWritable();
    assertThat(cluster.master().add("Msg1", 1).status()).isEqualTo(200);
    assertThat(cluster.master().add("Msg2", 2).status()).isEqualTo(200);
    CompletableFuture<Reply> waiting = cluster.master().addLater("Msg3", 3);
    TestCluster.await("three are shown", () -> cluster.master().texts().size() == 3);
    assertThat(cluster.master().add("Msg4", 1).status()).isEqualTo(200);
    cluster.awaitStatus(FOLLOWER_2, "UNHEALTHY");
    assertThat(waiting).isNotDone();

    cluster.nodes().startWithoutWaiting(FOLLOWER_2);
    long shownAll = awaitAllThroughPrefixes();
    Reply released = Replies.now(waiting);

    assertThat(released.status()).isEqualTo(200);
    assertThat(released.number("Replication-Acks")).isEqualTo(3);
    assertThat(Duration.ofNanos(System.nanoTime() - shownAll)).isLessThan(Duration.ofSeconds(20));
    assertThat(cluster.master().texts()).isEqualTo(ALL);
    assertThat(cluster.follower1().texts()).isEqualTo(ALL);
  }

  /// Reads the late follower as fast as it answers; every answer has to be a prefix.
  ///
  /// @return when it showed everything
  private long awaitAllThroughPrefixes() {
    await()
        .atMost(TestCluster.LIMIT)
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(2))
        .ignoreExceptionsInstanceOf(UncheckedIOException.class)
        .until(
            () -> {
              Reply reply = cluster.follower2().get("/messages");
              assertThat(reply.status()).isEqualTo(200);
              List<String> shown = reply.texts();
              assertThat(shown).isEqualTo(ALL.subList(0, shown.size()));
              return shown.size() == ALL.size();
            });
    return System.nanoTime();
  }
}
