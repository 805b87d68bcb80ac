package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replog.system.history.Checker;
import io.replog.system.history.History;
import io.replog.system.history.Violation;
import io.replog.system.history.Violation.Promise;
import io.replog.system.kit.DataDirectory;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Replies;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import io.replog.system.load.FinalLogs;
import io.replog.system.load.Run;
import io.replog.system.load.Writer;
import io.replog.system.load.WriterHabits;
import io.replog.system.sabotage.Sabotage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Negative controls: nodes and networks that lack one protection break the promise that it
/// protects, and the checker sees it. With the protection nothing is broken.
class LostProtectionTest {

  private static final List<String> NODES = List.of(MASTER, FOLLOWER_1, FOLLOWER_2);

  /// Acknowledged ones. A liar has refused some among them.
  private static final int ENOUGH_ADDS = 20;

  private final History history = new History();
  private final TestCluster cluster =
      TestCluster.laidOut("lost-protection", settings -> settings.set("QUORUM_APPEND", "off"));

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsWhetherFollowersWriteBeforeTheyAcknowledge(boolean writing) {
    if (!writing) {
      sabotage(FOLLOWER_1, "io/replog/log/ChannelLogFile.write");
      sabotage(FOLLOWER_2, "io/replog/log/ChannelLogFile.write");
    }
    startAll();
    write(cluster.master());
    cluster.awaitInSync();

    cluster.nodes().killAll();
    if (!writing) {
      clearAwayWhatHoldsNothing();
    }
    loseMaster();
    readEverything();

    assertBroken(writing, Promise.ACKNOWLEDGED_IS_KEPT);
  }

  /// Files without a byte, the node's own description among them: such a node refuses to start, and
  /// whoever runs it can only begin with an empty disk.
  private void clearAwayWhatHoldsNothing() {
    for (String follower : List.of(FOLLOWER_1, FOLLOWER_2)) {
      assertThat(cluster.nodes().dataDirectory(follower).resolve("meta.json")).isEmptyFile();
      cluster.nodes().wipe(follower);
    }
  }

  /// The only disk that is known to hold everything is gone; the followers have to have the rest.
  private void loseMaster() {
    cluster.nodes().wipe(MASTER);
    cluster.nodes().set(FOLLOWER_1, "JAVA_OPTS", TestCluster.JAVA_OPTIONS);
    cluster.nodes().set(FOLLOWER_2, "JAVA_OPTS", TestCluster.JAVA_OPTIONS);
    NODES.forEach(cluster.nodes()::start);
    TestCluster.await(
        "a decision of the master",
        () -> hasDecided(cluster.master().health().get("reason").asString("")));
    cluster.awaitStatus(FOLLOWER_1, "HEALTHY");
    cluster.awaitStatus(FOLLOWER_2, "HEALTHY");
    if (!cluster.master().health().get("writable").asBoolean()) {
      Reply adopted =
          cluster.master().post("/cluster/adopt", "{}", "Cluster-Token", cluster.nodes().token());
      assertThat(adopted.status()).as("%s", adopted).isEqualTo(200);
    }
    cluster.awaitInSync();
  }

  private static boolean hasDecided(String reason) {
    return reason.isEmpty() || reason.contains("adopt");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void showsWhetherRefusalsAreDefinite(boolean honest) throws IOException {
    startAll();
    HttpServer between = honest ? null : liar(cluster.master());
    String base =
        between == null
            ? cluster.nodes().url(MASTER)
            : "http://127.0.0.1:" + between.getAddress().getPort();

    NodeClient client = new NodeClient(base);
    write(honest ? client : client.unwatched());
    if (between != null) {
      between.stop(0);
    }
    cluster.awaitInSync();
    readEverything();

    assertBroken(honest, Promise.REFUSED_STAYS_OUT);
  }

  /// Passes every add on, and says of each third one that it was refused.
  private static HttpServer liar(NodeClient master) throws IOException {
    AtomicInteger calls = new AtomicInteger();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/add", call -> answer(call, master, calls.incrementAndGet() % 3 == 0));
    server.start();
    return server;
  }

  private static void answer(HttpExchange call, NodeClient master, boolean lie) throws IOException {
    Reply reply = master.send("POST", "/add", call.getRequestBody().readAllBytes());
    call.getResponseHeaders().set("Log-Index", reply.header("Log-Index"));
    call.getResponseHeaders().set("Replication-Acks", reply.header("Replication-Acks"));
    call.sendResponseHeaders(lie ? 503 : reply.status(), reply.bytes().length);
    call.getResponseBody().write(reply.bytes());
    call.close();
  }

  @Test
  void servesDamageWithoutChecks() {
    sabotage(
        FOLLOWER_1,
        "io/replog/log/RecordCodec.bodyIsIntact=true",
        "io/replog/log/RawEntry.follows=true");
    startAll();
    cluster.master().add("message 1", 3);
    cluster.master().add("message 2", 3);
    cluster.nodes().stop(FOLLOWER_1);
    cluster.start(FOLLOWER_1);
    DataDirectory disk = new DataDirectory(cluster.nodes().dataDirectory(FOLLOWER_1));

    DataDirectory.flipBit(disk.active(), "message 1");

    assertThat(cluster.follower1().texts()).containsExactly("lessage 1", "message 2");
  }

  /// Followers refuse an old master, and an old master ends by itself at the first word of a newer
  /// one: either is enough, so both are taken away.
  @Test
  void writesTwoLogsWithoutFencing() {
    sabotage(MASTER, "io/replog/replication/master/MasterCore.fence");
    sabotage(FOLLOWER_1, "io/replog/replication/follower/Claim.isStale");
    sabotage(FOLLOWER_2, "io/replog/replication/follower/Claim.isStale");
    startAll();
    cluster.master().add("of both", 3);
    try (TestCluster other = cluster.rival()) {
      other.copyMasterOf(cluster);
      cluster.nodes().pause(MASTER);
      other.nodes().start(MASTER);
      other.awaitWritable();
      Reply newer = other.master().add("of the newer", 3);
      cluster.nodes().unpause(MASTER);

      Reply older = cluster.master().add("of the older", 1);

      assertThat(newer.status()).isEqualTo(200);
      assertThat(older.status()).isEqualTo(200);
      assertThat(older.index()).isEqualTo(newer.index());
      assertThat(cluster.master().health().get("writable").asBoolean()).isTrue();
    }
  }

  @Test
  void letsAnyNumberOfCallsWaitWithoutTheirBound() {
    cluster.nodes().set(MASTER, "MAX_BLOCKED_WRITES", "1");
    sabotage(MASTER, "io/replog/master/add/BlockedWrites.enter");
    startAll();
    cluster.nodes().kill(FOLLOWER_2);

    List<CompletableFuture<Reply>> calls = Replies.addMany(cluster.master(), "blocked ", 5, 3);

    TestCluster.await("five in the log", () -> cluster.master().texts().size() == 5);
    assertThat(calls).noneMatch(CompletableFuture::isDone);
    cluster.start(FOLLOWER_2);
    assertThat(Replies.now(calls)).allMatch(reply -> reply.status() == 200);
  }

  @Test
  void endsNodeWhoseSabotageFindsNothingToTakeAway() {
    sabotage(FOLLOWER_1, "io/replog/log/ChannelLogFile.noSuchMethod");

    cluster.nodes().startWithoutWaiting(FOLLOWER_1);

    TestCluster.await("its end", () -> cluster.nodes().exitCode(FOLLOWER_1).orElse(0) == 70);
    assertThat(cluster.lines(FOLLOWER_1)).anyMatch(line -> line.contains("noSuchMethod"));
  }

  private void sabotage(String node, String... methods) {
    String options = TestCluster.JAVA_OPTIONS + " " + Sabotage.of(methods).javaOption();
    cluster.nodes().set(node, "JAVA_OPTS", options);
  }

  private void startAll() {
    cluster.nodes().up();
    cluster.awaitInSync();
  }

  /// Adds one after the other, without keys, so that no refusal is followed by a success.
  private void write(NodeClient master) {
    Run run = new Run();
    WriterHabits habits =
        new WriterHabits(NODES.size(), Duration.ofMillis(20), 0, () -> false, () -> false);
    Thread writer =
        Thread.ofVirtual().start(new Writer("w", master, history, new Random(1), run, habits));
    try {
      TestCluster.await("enough adds", () -> history.acknowledged() >= ENOUGH_ADDS);
    } finally {
      run.end();
    }
    TestCluster.await("the writer's end", () -> !writer.isAlive());
  }

  private void readEverything() {
    NODES.forEach(node -> history.add(FinalLogs.of(node, cluster.client(node))));
  }

  private void assertBroken(boolean protectedNow, Promise promise) {
    List<Violation> violations = Checker.check(history);
    if (protectedNow) {
      assertThat(violations).isEmpty();
    } else {
      assertThat(violations).extracting(Violation::promise).contains(promise);
    }
  }
}
