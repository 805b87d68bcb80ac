package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.rabbitmq.client.AMQP;
import io.replog.client.cluster.LocalClusterBuilder;
import io.replog.system.kit.Best;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.RabbitServer;
import io.replog.system.kit.RabbitUser;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real nodes whose batches go through a real broker: as over HTTP while it is there, over HTTP
/// while it is not, and nobody who writes notices.
class BrokerReplicationTest {

  private static final int UNUSABLE = 78;

  /// Longer than the word of a master lasts.
  private static final long FORGOTTEN_MILLIS = 3_500;

  private static final String EXCHANGE = "replog.replog.entries";
  private static final String QUEUE_1 = "replog.replog.entries.follower-1";
  private static final String QUEUE_2 = "replog.replog.entries.follower-2";

  private final RabbitServer broker = RabbitServer.running("replication");
  private final RabbitUser user = broker.user();
  private TestCluster cluster;
  private int written;

  @AfterEach
  void stop() {
    if (cluster != null) {
      cluster.close();
    }
    broker.close();
  }

  private void start(String name, UnaryOperator<LocalClusterBuilder> settings) {
    cluster =
        TestCluster.running(
            "broker-" + name,
            builder ->
                settings.apply(
                    builder
                        .set("REPLICATION_TRANSPORT", "rabbitmq")
                        .set("RABBITMQ_URI", broker.uri())));
    awaitConnected(1, MASTER, FOLLOWER_1, FOLLOWER_2);
  }

  /// Writes until both followers answer by the broker.
  private void awaitStream() {
    awaitStream(FOLLOWER_1, FOLLOWER_2);
  }

  private void awaitStream(String... followers) {
    for (String follower : followers) {
      double before = sends(follower, "rabbitmq");
      TestCluster.await(
          follower + " answers by the broker",
          () -> {
            add(1 + followers.length);
            return sends(follower, "rabbitmq") > before;
          });
    }
  }

  private void awaitConnected(int connected, String... nodes) {
    for (String node : nodes) {
      TestCluster.await(
          node + " has its broker: " + connected,
          () -> metric(cluster.client(node), "replog_broker_connected") == connected);
    }
  }

  private Reply add(int concern) {
    Reply reply = cluster.master().add("message " + ++written, concern);
    assertThat(reply.status()).as("%s", reply).isEqualTo(200);
    return reply;
  }

  private void add(int concern, int times) {
    for (int i = 0; i < times; i++) {
      add(concern);
    }
  }

  private List<String> texts() {
    return IntStream.rangeClosed(1, written).mapToObj(number -> "message " + number).toList();
  }

  private void assertSameEverywhere() {
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      cluster.awaitTexts(node, texts());
    }
  }

  private double sends(String follower, String transport) {
    return metric(
        cluster.master(),
        "replog_follower_sends_total{follower=\"%s\",transport=\"%s\"}"
            .formatted(follower, transport));
  }

  private double published(String outcome) {
    return metric(
        cluster.master(), "replog_broker_published_total{outcome=\"%s\"}".formatted(outcome));
  }

  private static double metric(NodeClient node, String name) {
    String text = node.get("/actuator/prometheus").text();
    Matcher line =
        Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE).matcher(text);
    return line.find() ? Double.parseDouble(line.group(1)) : 0;
  }

  @Test
  void publishesEachBatchOnceForTwoFollowers() {
    start("once", settings -> settings);

    assertThat(Best.any(this::publishesEachBatchOnce)).as("one round by the broker alone").isTrue();
    assertSameEverywhere();
    assertThat(cluster.client(MASTER).get("/actuator/health").status()).isEqualTo(200);
  }

  /// A heartbeat that is late has the next batch go over HTTP: such a round shows nothing.
  ///
  /// @return whether everything went by the broker
  private boolean publishesEachBatchOnce() {
    awaitStream();
    double published = published("confirmed");
    double one = sends(FOLLOWER_1, "rabbitmq");
    double two = sends(FOLLOWER_2, "rabbitmq");
    double strayed = strayed();

    add(3, 20);

    if (strayed() > strayed) {
      return false;
    }
    assertThat(sends(FOLLOWER_1, "rabbitmq") - one).isEqualTo(20);
    assertThat(sends(FOLLOWER_2, "rabbitmq") - two).isEqualTo(20);
    TestCluster.await("confirmations", () -> published("confirmed") - published >= 20);
    return published("confirmed") - published == 20;
  }

  /// How many batches did not go by the broker so far.
  private double strayed() {
    return sends(FOLLOWER_1, "http") + sends(FOLLOWER_2, "http") + published("failed");
  }

  @Test
  void takesAsLongAsTheSlowestNodeNeeded() {
    start("delays", settings -> settings.delay(1, "3s").delay(2, "1s"));
    awaitStream();

    List<Duration> one = Best.of(Duration.ofSeconds(1), () -> add(1).elapsed());
    List<Duration> two = Best.of(Duration.ofSeconds(3), () -> add(2).elapsed());

    assertThat(one.getLast()).isLessThan(Duration.ofSeconds(1));
    assertThat(two).allMatch(time -> time.compareTo(Duration.ofMillis(980)) >= 0);
    assertThat(two.getLast()).isLessThanOrEqualTo(Duration.ofSeconds(3));
    assertThat(Best.any(this::waitTogetherForTheSlowest)).as("many wait together").isTrue();
  }

  /// @return whether more than ten of fifty were quick, and by the broker
  private boolean waitTogetherForTheSlowest() {
    double before = sends(FOLLOWER_1, "rabbitmq");
    List<CompletableFuture<Reply>> many = Replies.addMany(cluster.master(), "many ", 50, 3);
    List<Reply> three = Replies.now(many);

    assertThat(three).extracting(Reply::status).containsOnly(200);
    assertThat(three)
        .extracting(Reply::elapsed)
        .allMatch(time -> time.compareTo(Duration.ofMillis(2_980)) >= 0);
    long quick =
        three.stream()
            .filter(reply -> reply.elapsed().compareTo(Duration.ofSeconds(6)) < 0)
            .count();
    return quick > 10 && sends(FOLLOWER_1, "rabbitmq") > before;
  }

  @Test
  void drainsWhatWasPublishedWhileFollowerWasAway() {
    start("drain", settings -> settings);
    awaitStream();
    cluster.nodes().stop(FOLLOWER_1);

    add(2, 30);
    TestCluster.await("a queue that holds them", () -> user.waiting(QUEUE_1) >= 30);
    cluster.start(FOLLOWER_1);

    assertSameEverywhere();
    TestCluster.await("an empty queue", () -> user.waiting(QUEUE_1) == 0);
    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void catchesUpOverHttpWhenQueueWasDeletedMeanwhile() {
    start("deleted", settings -> settings);
    awaitStream();
    cluster.nodes().kill(FOLLOWER_1);
    add(2, 5);
    user.use(channel -> channel.queueDelete(QUEUE_1));
    add(2, 30);

    cluster.start(FOLLOWER_1);

    assertSameEverywhere();
    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void declaresQueueAgainThatWasDeletedUnderIt() {
    start("redeclared", settings -> settings);
    awaitStream();

    user.use(channel -> channel.queueDelete(QUEUE_1));
    user.use(channel -> channel.queueDelete(QUEUE_2));
    add(3, 10);

    TestCluster.await("the queues", () -> user.hasQueue(QUEUE_1) && user.hasQueue(QUEUE_2));
    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void bindsQueuesAgainWhenExchangeWasDeleted() {
    start("unbound", settings -> settings);
    awaitStream();

    user.use(channel -> channel.exchangeDelete(EXCHANGE));
    add(3, 10);

    awaitStream();
    assertSameEverywhere();
  }

  /// Its queue holds batches of an epoch that the new log has not come to yet.
  @Test
  void takesNothingOfAnotherLogThatHadTheSameNames() {
    start("other-log", settings -> settings);
    cluster.nodes().kill(MASTER);
    cluster.start(MASTER);
    cluster.awaitWritable();
    awaitStream();
    cluster.nodes().kill(FOLLOWER_1);
    add(2, 5);
    TestCluster.await("a queue that holds them", () -> user.waiting(QUEUE_1) >= 5);
    cluster.nodes().kill(MASTER);
    cluster.nodes().kill(FOLLOWER_2);

    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      cluster.nodes().wipe(node);
    }
    written = 0;
    cluster.start(MASTER, FOLLOWER_1, FOLLOWER_2);
    cluster.awaitWritable();
    add(3, 5);

    awaitStream();
    assertSameEverywhere();
    TestCluster.await("an empty queue", () -> user.waiting(QUEUE_1) == 0);
  }

  @Test
  void takesNothingMoreAfterItHasLeft() {
    start("left", settings -> settings);
    awaitStream();
    Reply left =
        cluster
            .master()
            .saying("Cluster-Token", cluster.nodes().token())
            .send("DELETE", "/cluster/members/" + FOLLOWER_2, new byte[0]);
    assertThat(left.status()).as("%s", left).isEqualTo(200);
    TestCluster.await("it is forgotten", () -> lastContactMillis() > FORGOTTEN_MILLIS);
    long before = cluster.follower2().health().get("durable_index").asLong();

    add(2, 20);

    assertThat(cluster.follower2().health().get("durable_index").asLong()).isEqualTo(before);
    awaitStream(FOLLOWER_1);
    assertThat(cluster.follower2().health().get("durable_index").asLong()).isEqualTo(before);
  }

  private long lastContactMillis() {
    return cluster.follower2().health().at("/master/last_contact_ms").asLong();
  }

  @Test
  void goesOnWhileBrokerIsKilledAndComesBack() {
    start("killed", settings -> settings);
    awaitStream();

    broker.kill();
    add(3, 20);
    awaitConnected(0, MASTER, FOLLOWER_1, FOLLOWER_2);
    broker.start();
    add(3, 20);

    awaitConnected(1, MASTER, FOLLOWER_1, FOLLOWER_2);
    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void goesOnByHttpWhenBrokerIsStoppedForGood() {
    start("stopped", settings -> settings);
    awaitStream();
    broker.stop();

    add(3, 20);

    assertSameEverywhere();
    for (String node : List.of(MASTER, FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.client(node).get("/readyz").status()).isEqualTo(200);
      assertThat(cluster.client(node).get("/actuator/health").status()).isEqualTo(200);
      TestCluster.await(
          node + " says so",
          () -> cluster.lines(node).stream().anyMatch(line -> line.contains("rabbitmq: ")));
    }
  }

  @Test
  void startsWithoutBroker() {
    broker.stop();
    cluster =
        TestCluster.running(
            "broker-none",
            builder ->
                builder.set("REPLICATION_TRANSPORT", "rabbitmq").set("RABBITMQ_URI", broker.uri()));
    add(3, 5);

    broker.start();

    awaitConnected(1, MASTER, FOLLOWER_1, FOLLOWER_2);
    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void goesOnByHttpWhileBrokerIsFull() {
    start("full", settings -> settings);
    awaitStream();
    broker.setFull(true);

    add(3, 20);
    awaitConnected(0, MASTER);
    add(3, 20);
    double byBroker = sends(FOLLOWER_1, "rabbitmq");
    add(3, 5);

    assertThat(sends(FOLLOWER_1, "rabbitmq")).isEqualTo(byBroker);
    broker.setFull(false);
    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void goesOnWhenMasterIsKilledAndStartsAgain() {
    start("master", settings -> settings);
    awaitStream();
    cluster.nodes().kill(MASTER);
    cluster.start(MASTER);
    cluster.awaitWritable();

    add(3, 10);

    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void dropsWhatIsNotSigned() {
    start("forged", settings -> settings);
    awaitStream();
    AMQP.BasicProperties forged =
        new AMQP.BasicProperties.Builder()
            .replyTo("nowhere")
            .headers(
                Map.of("Start-Id", "x", "Publication", 1L, "Cluster-Signature", "0".repeat(64)))
            .build();

    user.publish(QUEUE_1, forged, "{\"entries\":[]}".getBytes(StandardCharsets.UTF_8));
    user.publish(QUEUE_1, new AMQP.BasicProperties(), new byte[0]);

    TestCluster.await(
        "two dropped", () -> metric(cluster.follower1(), "replog_broker_forged_total") == 2);
    assertThat(cluster.lines(FOLLOWER_1))
        .anyMatch(line -> line.contains("has no valid signature and is dropped"));
    add(3, 5);
    awaitStream();
    assertSameEverywhere();
  }

  @Test
  void keepsInjectedFaultsOnThisWayToo() {
    start("faults", settings -> settings);
    awaitStream();
    NodeClient follower = cluster.follower1().saying("Cluster-Token", cluster.nodes().token());

    assertThat(fault(follower, "{\"partition\":true}").status()).isEqualTo(200);
    add(2, 5);
    long behind = cluster.follower1().health().get("durable_index").asLong();
    cluster.awaitStatus(FOLLOWER_1, "UNHEALTHY");
    add(2, 5);
    assertThat(cluster.follower1().health().get("durable_index").asLong()).isEqualTo(behind);

    assertThat(fault(follower, "{\"error_after_percent\":30,\"seed\":7}").status()).isEqualTo(200);
    add(3, 20);
    assertThat(fault(follower, "{}").status()).isEqualTo(200);
    awaitStream();
    assertSameEverywhere();
  }

  private static Reply fault(NodeClient follower, String faults) {
    return follower.send("PUT", "/faults", faults.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void endsWithWordsWhenNoBrokerIsNamed() {
    cluster =
        TestCluster.laidOut(
            "broker-unnamed", builder -> builder.set("REPLICATION_TRANSPORT", "rabbitmq"));

    cluster.nodes().startWithoutWaiting(FOLLOWER_1);

    TestCluster.await("its end", () -> cluster.nodes().exitCode(FOLLOWER_1).isPresent());
    assertThat(cluster.nodes().exitCode(FOLLOWER_1)).hasValue(UNUSABLE);
    assertThat(cluster.lines(FOLLOWER_1))
        .singleElement()
        .asString()
        .contains("RABBITMQ_URI=not set cannot be used", "amqp://user:password@127.0.0.1:5672");
  }
}
