package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.ConnectorsProgram;
import io.replog.system.kit.RabbitServer;
import io.replog.system.kit.RabbitUser;
import io.replog.system.kit.RabbitUser.Delivered;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.sabotage.Sabotage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From the log of real nodes to an exchange of a real broker. Each test has an exchange of its own
/// on one broker, gets the whole log, which grows from test to test, and leaves the nodes running.
class RabbitOutTest {

  private static final AtomicInteger EXCHANGES = new AtomicInteger();
  private static final Map<String, Object> QUORUM = Map.of("x-queue-type", "quorum");

  private static RabbitServer broker;
  private static TestCluster cluster;

  private final String exchange = "out-" + EXCHANGES.incrementAndGet();
  private final String queue = exchange + ".queue";
  private final RabbitUser user = broker.user();

  @BeforeAll
  static void start() {
    broker = RabbitServer.running("out");
    cluster = TestCluster.running("rabbit-out", settings -> settings);
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
    if (broker != null) {
      broker.close();
    }
  }

  @Test
  void publishesLogInOrderWithWhatTellsRepetitions() {
    user.subscribe(queue, exchange, QUORUM);
    Reply keyed = cluster.master().add("with key", 3, "Idempotency-Key", exchange);
    try (ConnectorsProgram connectors = connectors().start()) {
      add(50);

      awaitPublished(connectors, logEnd());

      List<Delivered> got = user.takeAll(queue);
      assertThat(got).extracting(Delivered::text).isEqualTo(cluster.master().texts());
      assertThat(got).extracting(Delivered::index).isEqualTo(indexes(logEnd()));
      assertThat(got)
          .allMatch(it -> it.id().equals(it.header("Log-Id") + ":" + it.index()))
          .allMatch(it -> it.header("Log-Id").equals(logId()))
          .allMatch(it -> Long.parseLong(it.header("Log-Epoch")) > 0)
          .allMatch(it -> it.header("Timestamp").endsWith("Z"));
      assertThat(got.get((int) keyed.index() - 1).header("Idempotency-Key")).isEqualTo(exchange);
      assertThat(connectors.out().get("lag").asLong()).isZero();
      assertThat(connectors.client().get("/actuator/prometheus").text())
          .contains("replog_rabbitmq_out_position " + (double) logEnd());
    }
  }

  @Test
  void publishesOnlyWhatMajorityHolds() {
    user.subscribe(queue, exchange, QUORUM);
    add(1);
    long before = logEnd();
    try (ConnectorsProgram connectors = connectors().start()) {
      awaitPublished(connectors, before);
      cluster.nodes().kill(FOLLOWER_1);
      cluster.nodes().kill(FOLLOWER_2);

      cluster.master().add("on one disk only", 1);
      connectors.awaitOut("CAUGHT_UP");

      assertThat(connectors.out().get("position").asLong()).isEqualTo(before);
      cluster.start(FOLLOWER_1, FOLLOWER_2);
      awaitPublished(connectors, before + 1);
      assertThat(user.takeAll(queue)).extracting(Delivered::text).endsWith("on one disk only");
    }
  }

  @Test
  void waitsForQueueThatGetsIt() {
    add(3);
    try (ConnectorsProgram connectors = connectors().start()) {
      connectors.awaitOut("BROKER_REFUSES");
      TestCluster.await(
          "the reason",
          () -> connectors.out().get("last_error").asString("").contains("no queue gets it"));
      assertThat(connectors.out().get("position").asLong()).isZero();
      assertThat(connectors.client().get("/actuator/health").status()).isEqualTo(200);

      user.subscribe(queue, exchange, QUORUM);

      awaitPublished(connectors, logEnd());
      assertThat(user.takeAll(queue)).extracting(Delivered::index).isEqualTo(indexes(logEnd()));
    }
  }

  /// With the protection taken away everything counts as confirmed: then messages are left out,
  /// which shows that the same messages are there because of it.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsWhetherFullQueueGetsEverythingInOrder(boolean confirming) {
    Map<String, Object> small =
        Map.of("x-queue-type", "quorum", "x-max-length", 5, "x-overflow", "reject-publish");
    user.subscribe(queue, exchange, small);
    add(40);
    List<Delivered> got = new ArrayList<>();
    ConnectorsProgram connectors = connectors();
    if (!confirming) {
      connectors.without(Sabotage.of("io/replog/connectors/rabbit/ConfirmedPublisher.failure"));
    }
    try (connectors) {
      connectors.start().awaitOut(confirming ? "BROKER_REFUSES" : "CAUGHT_UP");

      TestCluster.await(
          "all of the log",
          () -> {
            got.addAll(user.take(queue, 3));
            return connectors.out().get("position").asLong() == logEnd();
          });
      got.addAll(user.takeAll(queue));

      if (confirming) {
        assertInOrderAndWhole(got);
        assertThat(connectors.out().get("last_error").asString()).contains("the broker refused it");
      } else {
        assertThat(got.size()).isLessThan((int) logEnd());
      }
    }
  }

  @Test
  void waitsWhileBrokerIsFull() {
    user.subscribe(queue, exchange, QUORUM);
    try (ConnectorsProgram connectors = connectors().start()) {
      awaitPublished(connectors, logEnd());

      broker.setFull(true);
      add(5);
      TestCluster.await("it notices", () -> !connectors.out().get("blocked").isNull());

      assertThat(connectors.client().get("/actuator/health").status()).isEqualTo(200);
      broker.setFull(false);
      awaitPublished(connectors, logEnd());
      assertInOrderAndWhole(user.takeAll(queue));
    } finally {
      broker.setFull(false);
    }
  }

  @Test
  void goesOnAfterBrokerThatWasRestarted() {
    user.subscribe(queue, exchange, QUORUM);
    add(3);
    try (ConnectorsProgram connectors = connectors().start()) {
      awaitPublished(connectors, logEnd());
      broker.stop();
      add(3);
      connectors.awaitOut("BROKER_REFUSES");
      assertThat(connectors.client().get("/actuator/health").status()).isEqualTo(200);
      assertThat(connectors.out().get("connected").asBoolean()).isFalse();

      broker.start();

      awaitPublished(connectors, logEnd());
      assertInOrderAndWhole(user.takeAll(queue));
    }
  }

  @Test
  void publishesAgainWhenPositionIsLost() throws IOException {
    user.subscribe(queue, exchange, QUORUM);
    add(5);
    ConnectorsProgram connectors = connectors().start();
    try (connectors) {
      awaitPublished(connectors, logEnd());
      connectors.stop();
      Files.delete(connectors.file("position.json"));

      connectors.start();

      awaitPublished(connectors, logEnd());
      List<Delivered> got = user.takeAll(queue);
      assertThat(got).hasSize(2 * (int) logEnd());
      assertThat(got.stream().map(Delivered::id).distinct()).hasSize((int) logEnd());
    }
  }

  @Test
  void publishesNothingAgainAfterItWasStopped() {
    user.subscribe(queue, exchange, QUORUM);
    add(5);
    ConnectorsProgram connectors = connectors().start();
    try (connectors) {
      awaitPublished(connectors, logEnd());
      connectors.stop();
      add(2);

      connectors.start();

      awaitPublished(connectors, logEnd());
      assertThat(user.takeAll(queue)).extracting(Delivered::index).isEqualTo(indexes(logEnd()));
    }
  }

  @Test
  void refusesPositionThatIsDamagedOrOfOtherLog() throws IOException {
    user.subscribe(queue, exchange, QUORUM);
    add(1);
    ConnectorsProgram connectors = connectors().start();
    try (connectors) {
      awaitPublished(connectors, logEnd());
      connectors.stop();
      user.takeAll(queue);
      String whole = Files.readString(connectors.file("position.json"));

      Files.writeString(
          connectors.file("position.json"), whole.replace("\"index\":", "\"index\":9"));
      connectors.start();
      connectors.awaitOut("BAD_POSITION");
      assertThat(connectors.out().get("last_error").asString()).contains("damaged");
      connectors.stop();
      Files.writeString(
          connectors.file("position.json"),
          "{\"log_id\":\"another\",\"index\":1,\"crc32c\":\"%s\"}"
              .formatted(checksum("another\n1")));
      connectors.start();
      connectors.awaitOut("BAD_POSITION");

      assertThat(connectors.out().get("last_error").asString()).contains("another", logId());
      assertThat(user.waiting(queue)).isZero();
      Files.writeString(connectors.file("position.json"), whole);
      connectors.awaitOut("CAUGHT_UP");
    }
  }

  private static String checksum(String covered) {
    CRC32C sum = new CRC32C();
    sum.update(covered.getBytes(StandardCharsets.UTF_8));
    return "%08x".formatted(sum.getValue());
  }

  private void assertInOrderAndWhole(List<Delivered> got) {
    assertThat(got).extracting(Delivered::index).isSorted();
    assertThat(got.stream().map(Delivered::index).distinct().toList()).isEqualTo(indexes(logEnd()));
  }

  private ConnectorsProgram connectors() {
    ConnectorsProgram connectors = new ConnectorsProgram(exchange, cluster.nodes().url(MASTER));
    return connectors
        .set("RABBITMQ_URI", broker.uri())
        .set("RABBITMQ_IN", "off")
        .set("RABBITMQ_OUT_EXCHANGE", exchange)
        .set("RABBITMQ_OUT_POSITION", connectors.file("position.json").toString());
  }

  private void add(int messages) {
    for (int number = 1; number <= messages; number++) {
      cluster.master().add(exchange + " message " + number, 2);
    }
  }

  private static long logEnd() {
    return cluster.master().health().get("last_index").asLong();
  }

  private static String logId() {
    return cluster.master().health().get("log_id").asString();
  }

  private static List<Long> indexes(long last) {
    return LongStream.rangeClosed(1, last).boxed().toList();
  }

  private static void awaitPublished(ConnectorsProgram connectors, long index) {
    TestCluster.await(
        "published up to " + index, () -> connectors.out().get("position").asLong() == index);
  }
}
