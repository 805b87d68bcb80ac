package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Certificates;
import io.replog.system.kit.KeyFile;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.Reply;
import io.replog.system.kit.Tail;
import io.replog.system.kit.TestCluster;
import io.replog.system.sabotage.Sabotage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A whole cluster that encrypts, asks nodes for certificates and clients for keys.
class SecureClusterTest {

  private static final String LAYER = "layer-1-1";
  private static final String PLAIN_FORM = "{\"data\":{\"text\":\"intruder\",\"sequence_id\":1}}";

  @TempDir static Path directory;
  private static Certificates own;
  private static Certificates foreign;
  private static KeyFile keys;
  private static HttpClient stranger;
  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    own =
        new Certificates(directory.resolve("own"))
            .issue(MASTER, FOLLOWER_1, FOLLOWER_2, LAYER, "intruder");
    foreign = new Certificates(directory.resolve("foreign")).issue(MASTER);
    keys =
        new KeyFile(directory.resolve("keys"))
            .add("reader", "reader")
            .add("writer", "billing")
            .add("writer", "orders")
            .add("admin", "ops");
    stranger = own.stranger();
    cluster =
        TestCluster.laidOut(
                "secure",
                settings ->
                    settings
                        .layer(1, 1, "every 1 message", FOLLOWER_1)
                        .set("TLS_DIR", own.directory().toString())
                        .set("API_KEYS_FILE", keys.path().toString()))
            .speaking(client -> client.by(stranger, KeyFile.header("billing")));
    cluster.up();
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @Test
  void feedsLayerNodesEncryptedAndByTheToken() {
    long index = cluster.master().add("for those below", 3).index();

    TestCluster.await(
        "the layer node shows it",
        () -> cluster.client(LAYER).get("/messages").number("Log-Version") >= index);

    assertThat(cluster.nodes().url(LAYER)).startsWith("https:");
    TestCluster.await(
        "nothing is in the way any more",
        () -> cluster.client(LAYER).health().get("upstream_error").isNull());
    Reply byAnybody = cluster.follower1().post("/cluster/feed", "{}");
    assertThat(byAnybody.status()).isEqualTo(403);
  }

  @Test
  void addsReplicatesServesAndCatchesUp() throws IOException {
    assertThat(cluster.nodes().url(MASTER)).startsWith("https://");
    Reply added = cluster.master().add("m1", 3);
    assertThat(added.status()).as("%s", added).isEqualTo(200);
    assertThat(added.header("Replication-Acks")).isEqualTo("3");

    try (Tail tail = Tail.open(cluster.follower2(), "/messages?from=" + added.index())) {
      cluster.nodes().kill(FOLLOWER_1);
      Reply behind = cluster.master().add("m2", 2);
      assertThat(behind.status()).isEqualTo(200);
      cluster.start(FOLLOWER_1);
      cluster.awaitInSync();

      assertThat(cluster.follower1().texts()).contains("m1", "m2");
      await().atMost(TestCluster.LIMIT).until(() -> tail.ids().contains(behind.index()));
    }
    assertThat(cluster.master().healthOf(FOLLOWER_1).get("url").asString()).startsWith("https://");
  }

  @Test
  void endsWaitOfCallerWhoHangsUp() {
    cluster.nodes().pause(FOLLOWER_2);
    try {
      HttpClient leaving = own.stranger();
      var call =
          cluster.master().by(leaving, KeyFile.header("billing")).addLater("nobody waits", 3);
      cluster.awaitBlocked(1);

      leaving.shutdownNow();

      cluster.awaitBlocked(0);
      TestCluster.await("the caller is told", call::isDone);
      assertThat(call).isCompletedExceptionally();
    } finally {
      cluster.nodes().unpause(FOLLOWER_2);
    }
    cluster.awaitInSync();
  }

  @Test
  void refusesConnectionsWithoutTrust() throws IOException {
    NodeClient master = cluster.master();

    assertThatThrownBy(() -> master.by(foreign.stranger()).get("/livez"))
        .as("a client that trusts another authority")
        .isInstanceOf(UncheckedIOException.class)
        .hasCauseInstanceOf(SSLException.class);
    assertThatThrownBy(() -> master.by(foreign.holderOf(MASTER, own)).get("/livez"))
        .as("a client with a certificate by another authority")
        .isInstanceOf(UncheckedIOException.class);
    assertThat(
            RawHttp.exchange(master, "GET /livez HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .as("a client that does not encrypt")
        .startsWith("HTTP/1.1 400")
        .doesNotContain("UP");
    assertThat(master.saying().get("/livez").status()).isEqualTo(200);
  }

  @Test
  void opensByRoleOnEveryNode() {
    for (String node : List.of(MASTER, FOLLOWER_1)) {
      NodeClient client = cluster.client(node);
      Problems.requireProblem(client.saying().get("/messages"), 401);
      Problems.requireProblem(client.saying().post("/add", "{}"), 401);
      Problems.requireProblem(
          client.saying(KeyFile.header("reader")).post("/add", "{\"data\":\"x\"}"), 403);
      Problems.requireProblem(
          client.saying("Authorization", "Bearer " + cluster.nodes().token()).get("/messages"),
          401);
      assertThat(client.saying(KeyFile.header("reader")).get("/messages").status()).isEqualTo(200);
      Problems.requireProblem(
          client.saying(KeyFile.header("ops")).post("/replicate", PLAIN_FORM), 403);
    }
  }

  @Test
  void keepsIdempotencyKeysOfClientsApart() {
    NodeClient billing = cluster.master();
    NodeClient orders = cluster.master().saying(KeyFile.header("orders"));

    Reply first = billing.add("by billing", 1, "Idempotency-Key", "order-17");
    Reply second = orders.add("by orders", 1, "Idempotency-Key", "order-17");
    Reply again = billing.add("by billing", 1, "Idempotency-Key", "order-17");

    assertThat(second.status()).as("%s", second).isEqualTo(200);
    assertThat(second.index()).isNotEqualTo(first.index());
    assertThat(again.header("Idempotent-Replay")).isEqualTo("true");
    assertThat(again.index()).isEqualTo(first.index());
    assertThat(billing.get("/messages/" + second.index()).data().get("key").asString())
        .isEqualTo("order-17");
  }

  @Test
  void writesDownWhoDidWhatAsOperator() {
    NodeClient follower = cluster.follower1();
    NodeClient node = follower.by(own.holderOf(MASTER), "Cluster-Token", cluster.nodes().token());

    assertThat(delay(follower.saying(KeyFile.header("ops"))).status()).isEqualTo(200);
    assertThat(delay(node).status()).isEqualTo(200);
    Problems.requireProblem(delay(follower.saying(KeyFile.header("billing"))), 403);
    Problems.requireProblem(
        cluster.master().saying(KeyFile.header("ops")).post("/cluster/adopt", "{}"), 400);

    awaitLine(FOLLOWER_1, audited("key ops"));
    awaitLine(FOLLOWER_1, audited("cluster token"));
    awaitLine(MASTER, "audit: POST /cluster/adopt by key ops from 127.0.0.1: 400");
    assertThat(cluster.lines(FOLLOWER_1))
        .noneMatch(line -> line.contains("audit:") && line.contains("key billing"));
  }

  private static void awaitLine(String node, String end) {
    await()
        .atMost(TestCluster.LIMIT)
        .until(() -> cluster.lines(node).stream().anyMatch(line -> line.endsWith(end)));
  }

  private static Reply delay(NodeClient follower) {
    return follower.send(
        "PUT", "/faults/delay", "{\"delay_ms\":0}".getBytes(StandardCharsets.UTF_8));
  }

  private static String audited(String who) {
    return "audit: PUT /faults/delay by %s from 127.0.0.1: 200, delay_ms 0".formatted(who);
  }

  @Test
  void takesKeysUpWithoutRestart() {
    NodeClient late = cluster.master().saying(KeyFile.header("late"));
    assertThat(late.get("/messages").status()).isEqualTo(401);

    keys.add("reader", "late");

    await().atMost(TestCluster.LIMIT).until(() -> late.get("/messages").status() == 200);
  }

  @ParameterizedTest
  @ValueSource(strings = {MASTER, FOLLOWER_1})
  void takesRenewedCertificateUpWithoutRestart(String node) {
    BigInteger before = serial(node);

    own.issue(node);

    await().atMost(TestCluster.LIMIT).until(() -> !serial(node).equals(before));
    assertThat(cluster.master().add("with a new certificate of " + node, 3).status())
        .isEqualTo(200);
  }

  private static BigInteger serial(String node) {
    try (HttpClient fresh = own.stranger()) {
      var request = HttpRequest.newBuilder(cluster.client(node).uri("/livez")).build();
      var session = fresh.send(request, BodyHandlers.discarding()).sslSession().orElseThrow();
      return ((X509Certificate) session.getPeerCertificates()[0]).getSerialNumber();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException ended) {
      throw new IllegalStateException(ended);
    }
  }

  @Test
  void letsOnlyListedNodesReplicate() {
    try (TestCluster alone = loneFollower("want")) {
      NodeClient follower = alone.follower1();
      String[] token = {"Cluster-Token", alone.nodes().token()};

      Problems.requireProblem(replicate(follower.by(stranger, token)), 403);
      Problems.requireProblem(replicate(follower.by(own.holderOf("intruder"), token)), 403);
      Problems.requireProblem(replicate(follower.by(own.holderOf(MASTER))), 401);
      assertThat(follower.by(stranger).texts()).isEmpty();

      assertThat(replicate(follower.by(own.holderOf(MASTER), token)).status()).isEqualTo(200);
      assertThat(follower.by(stranger).texts()).containsExactly("intruder");
    }
  }

  @Test
  void letsIntruderInWhereNoCertificateIsAskedFor() {
    try (TestCluster alone = loneFollower("none")) {
      NodeClient follower = alone.follower1();

      Reply reply = replicate(follower.by(stranger, "Cluster-Token", alone.nodes().token()));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(follower.by(stranger).texts()).containsExactly("intruder");
    }
  }

  /// A control: without the list any node's certificate of the right authority is enough.
  @Test
  void letsIntruderInWhereNobodyLooksAtNames() {
    String options =
        TestCluster.JAVA_OPTIONS
            + " "
            + Sabotage.of("io/replog/node/security/PeerNames.refusal").javaOption();
    try (TestCluster alone = loneFollower("want", options)) {
      NodeClient intruder =
          alone.follower1().by(own.holderOf("intruder"), "Cluster-Token", alone.nodes().token());

      assertThat(replicate(intruder).status()).isEqualTo(200);
    }
  }

  @Test
  void connectsNobodyWithoutCertificateWhereItIsNeeded() {
    try (TestCluster alone = loneFollower("need")) {
      NodeClient follower = alone.follower1();

      assertThatThrownBy(() -> follower.by(stranger).get("/livez"))
          .isInstanceOf(UncheckedIOException.class);
      assertThat(follower.by(own.holderOf("intruder")).get("/livez").status()).isEqualTo(200);
    }
  }

  private static TestCluster loneFollower(String clientAuth) {
    return loneFollower(clientAuth, TestCluster.JAVA_OPTIONS);
  }

  private static TestCluster loneFollower(String clientAuth, String javaOptions) {
    TestCluster alone =
        TestCluster.laidOut(
            "secure-" + clientAuth,
            settings ->
                settings
                    .set("TLS_DIR", own.directory().toString())
                    .set("TLS_CLIENT_AUTH", clientAuth)
                    .set("JAVA_OPTS", javaOptions));
    alone.start(FOLLOWER_1);
    return alone;
  }

  private static Reply replicate(NodeClient follower) {
    return follower.post("/replicate", PLAIN_FORM);
  }
}
