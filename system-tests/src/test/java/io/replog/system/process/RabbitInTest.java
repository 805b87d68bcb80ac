package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.MessageProperties;
import io.replog.system.kit.ConnectorsProgram;
import io.replog.system.kit.RabbitServer;
import io.replog.system.kit.RabbitUser;
import io.replog.system.kit.RabbitUser.Delivered;
import io.replog.system.kit.TestCluster;
import io.replog.system.sabotage.Sabotage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// From a queue of a real broker into the log of real nodes. Each test has queues of its own on one
/// broker, and leaves the nodes running.
class RabbitInTest {

  private static final AtomicInteger QUEUES = new AtomicInteger();

  private static RabbitServer broker;
  private static TestCluster cluster;

  private final String queue = "in-" + QUEUES.incrementAndGet();
  private final RabbitUser user = broker.user();

  @BeforeAll
  static void start() {
    broker = RabbitServer.running("in");
    cluster = TestCluster.running("rabbit-in", settings -> settings.set("MAX_MESSAGE_SIZE", "8KB"));
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
  void takesMessagesInOrderOfQueue() {
    try (ConnectorsProgram connectors = started(connectors())) {

      publish(1, 100);

      awaitHeld(connectors, 100);
      for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
        TestCluster.await(node + " has all", () -> mine(node).size() == 100);
        assertThat(mine(node)).isEqualTo(texts(1, 100));
      }
      assertThat(user.waiting(queue)).isZero();
      assertThat(user.waiting(queue + ".dead")).isZero();
    }
  }

  @Test
  void appendsNothingForRepetition() {
    try (ConnectorsProgram connectors = started(connectors())) {
      publish(1, 3);
      publish(1, 3);
      publish(4, 4);

      awaitHeld(connectors, 7);

      assertThat(mine(MASTER)).isEqualTo(texts(1, 4));
    }
  }

  @Test
  void putsAsideWhatCanNeverBecomeEntry() {
    try (ConnectorsProgram connectors = started(connectors())) {
      AMQP.BasicProperties looped =
          RabbitUser.properties(queue + " loop").builder().headers(Map.of("Log-Id", "x")).build();
      publish(1, 1);

      user.publish(
          queue, MessageProperties.PERSISTENT_TEXT_PLAIN, "no id".getBytes(StandardCharsets.UTF_8));
      user.publish(queue, "with a space", "bad id");
      user.publish(queue, RabbitUser.properties("bytes"), new byte[] {(byte) 0xc3, 0x28});
      user.publish(queue, "long", "x".repeat(8_193));
      user.publish(queue, id(1), "other text under a key that is used");
      user.publish(queue, looped, "from a log".getBytes(StandardCharsets.UTF_8));
      publish(2, 2);

      awaitHeld(connectors, 2);
      assertThat(mine(MASTER)).isEqualTo(texts(1, 2));
      List<Delivered> dead = user.takeAll(queue + ".dead");
      assertThat(dead)
          .extracting(letter -> letter.header("Refused-Because"))
          .satisfiesExactly(
              reason -> assertThat(reason).contains("no message id"),
              reason -> assertThat(reason).contains("visible ASCII"),
              reason -> assertThat(reason).contains("UTF-8"),
              reason -> assertThat(reason).contains("8193 bytes"),
              reason -> assertThat(reason).contains("key"),
              reason -> assertThat(reason).contains("from a log"));
      assertThat(dead).extracting(Delivered::text).startsWith("no id", "bad id");
      assertThat(connectors.in().get("dead_lettered").asLong()).isEqualTo(6);
    }
  }

  @Test
  void makesQueueOfDeadLettersAgainThatWasDeleted() {
    try (ConnectorsProgram connectors = started(connectors())) {
      user.publish(queue, "with a space", "bad id");
      TestCluster.await("one is put aside", () -> user.waiting(queue + ".dead") == 1);
      TestCluster.await(
          "they know that it is", () -> connectors.in().get("dead_lettered").asLong() == 1);
      user.use(channel -> channel.queueDelete(queue + ".dead"));

      user.publish(queue, "with another space", "bad id again");
      publish(1, 1);

      awaitHeld(connectors, 1);
      assertThat(user.takeAll(queue + ".dead"))
          .extracting(Delivered::text)
          .containsExactly("bad id again");
    }
  }

  @Test
  void takesLongestMessageAndLongestId() {
    try (ConnectorsProgram connectors = started(connectors())) {
      String text = queue + " " + "ä".repeat(4_000);
      String padded = text + "x".repeat(8_192 - text.getBytes(StandardCharsets.UTF_8).length);

      user.publish(queue, (queue + "k".repeat(128)).substring(0, 128), padded);

      awaitHeld(connectors, 1);
      assertThat(mine(MASTER)).containsExactly(padded);
    }
  }

  /// With the protection taken away everything counts as held, whatever the log says: then messages
  /// are lost, which shows that the same messages are there because of it.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsWhetherMessagesWaitForLogThatIsAway(boolean waiting) {
    ConnectorsProgram connectors = connectors();
    if (!waiting) {
      connectors.without(Sabotage.of("io/replog/connectors/rabbit/Verdict.isFinal=true"));
    }
    try (connectors) {
      started(connectors);
      cluster.nodes().kill(MASTER);
      publish(1, 20);
      TestCluster.await("an attempt", () -> connectors.in().get("retries").asLong() > 0);
      TestCluster.await(
          "all of them tried, where that is enough",
          () -> waiting || connectors.in().get("retries").asLong() == 20);

      cluster.start(MASTER);
      cluster.awaitInSync();
      publish(21, 21);

      TestCluster.await("the last one", () -> mine(MASTER).contains(text(21)));
      if (waiting) {
        assertThat(mine(MASTER)).isEqualTo(texts(1, 21));
      } else {
        assertThat(mine(MASTER)).isNotEqualTo(texts(1, 21)).doesNotContain(text(1));
      }
      assertThat(user.waiting(queue + ".dead")).isZero();
    }
  }

  @Test
  void acknowledgesNothingThatTooFewNodesHold() {
    ConnectorsProgram connectors = connectors().set("RABBITMQ_IN_WRITE_CONCERN", "all");
    try (connectors) {
      started(connectors);
      cluster.nodes().kill(FOLLOWER_2);
      publish(1, 2);

      TestCluster.await("it is in the log", () -> mine(MASTER).contains(text(1)));
      TestCluster.await("a second attempt", () -> connectors.in().get("retries").asLong() > 1);

      assertThat(connectors.in().get("held").asLong()).isZero();
      assertThat(connectors.in().get("state").asString()).isEqualTo("TROUBLED");
      cluster.start(FOLLOWER_2);
      awaitHeld(connectors, 2);
      assertThat(mine(FOLLOWER_2)).isEqualTo(texts(1, 2));
      assertThat(connectors.in().get("state").asString()).isEqualTo("TAKING");
    }
  }

  @Test
  void givesMessagesBackWhenItStops() {
    try (ConnectorsProgram connectors = started(connectors())) {
      cluster.nodes().pause(MASTER);
      publish(1, 5);
      TestCluster.await("they are on their way", () -> user.waiting(queue) == 0);

      connectors.stop();

      TestCluster.await("they are back", () -> user.waiting(queue) == 5);
      cluster.nodes().unpause(MASTER);
      cluster.awaitInSync();
      connectors.start();
      awaitHeld(connectors, 5);
      assertThat(mine(MASTER)).isEqualTo(texts(1, 5));
    }
  }

  private ConnectorsProgram connectors() {
    return new ConnectorsProgram(queue, cluster.nodes().url(MASTER))
        .set("RABBITMQ_URI", broker.uri())
        .set("RABBITMQ_OUT", "off")
        .set("RABBITMQ_IN_QUEUE", queue)
        .set("MAX_MESSAGE_SIZE", "8KB");
  }

  private ConnectorsProgram started(ConnectorsProgram connectors) {
    connectors.start();
    TestCluster.await("both queues", () -> user.hasQueue(queue + ".dead") && user.hasQueue(queue));
    return connectors;
  }

  private void publish(int first, int last) {
    user.publish(
        queue, IntStream.rangeClosed(first, last).mapToObj(this::id).toList(), texts(first, last));
  }

  private String id(int number) {
    return queue + ":" + number;
  }

  private String text(int number) {
    return queue + " message " + number;
  }

  private List<String> texts(int first, int last) {
    return IntStream.rangeClosed(first, last).mapToObj(this::text).toList();
  }

  /// What the node shows of this test's messages.
  private List<String> mine(String node) {
    return cluster.client(node).texts().stream().filter(it -> it.startsWith(queue + " ")).toList();
  }

  private static void awaitHeld(ConnectorsProgram connectors, long messages) {
    TestCluster.await(
        messages + " acknowledged", () -> connectors.in().get("held").asLong() == messages);
  }
}
