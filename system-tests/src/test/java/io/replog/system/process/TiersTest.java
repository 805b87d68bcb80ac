package io.replog.system.process;

import static io.replog.system.kit.TestCluster.FOLLOWER_1;
import static io.replog.system.kit.TestCluster.FOLLOWER_2;
import static io.replog.system.kit.TestCluster.MASTER;
import static io.replog.system.kit.TestCluster.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.Reply;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What the README of a three-tier store promised its users, played on layers of the log: a core of
/// three that holds every update before it is answered, a layer that has every ten updates, and one
/// below that has them now and then. One cluster for all; every test leaves all nodes up.
class TiersTest {

  private static final String LAYER_1_1 = "layer-1-1";
  private static final String LAYER_1_2 = "layer-1-2";
  private static final String LAYER_2_1 = "layer-2-1";
  private static final String LAYER_2_2 = "layer-2-2";
  private static final List<String> LAYER_1 = List.of(LAYER_1_1, LAYER_1_2);
  private static final List<String> LAYER_2 = List.of(LAYER_2_1, LAYER_2_2);
  private static final List<String> CORE = List.of(MASTER, FOLLOWER_1, FOLLOWER_2);

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster =
        TestCluster.running(
            "tiers",
            settings ->
                settings
                    .layer(1, 1, "every 10 messages", FOLLOWER_1)
                    .layer(1, 2, "every 10 messages", FOLLOWER_2)
                    .layer(2, 1, "every 1s", LAYER_1_1)
                    .layer(2, 2, "every 1s", LAYER_1_1));
    IntStream.rangeClosed(1, 10).forEach(number -> add("m" + number));
  }

  @AfterAll
  static void stop() {
    if (cluster != null) {
      cluster.close();
    }
  }

  @BeforeEach
  void settle() {
    cluster.awaitInSync();
  }

  private static List<String> layers() {
    List<String> all = new ArrayList<>(LAYER_1);
    all.addAll(LAYER_2);
    return all;
  }

  /// Of what a majority holds.
  private static long lastIndex() {
    return cluster.master().health().get("commit_index").asLong();
  }

  private static long version(String node) {
    return cluster.client(node).get("/messages").number("Log-Version");
  }

  /// Adds messages until there are `count` behind the last multiple of ten.
  private static void addUpTo(int count) {
    while (lastIndex() % 10 != count) {
      add("filling");
    }
  }

  /// Without a write concern: the whole core holds it then.
  private static Reply add(String text) {
    Reply reply = cluster.master().post("/add", "{\"data\":%s}".formatted(Json.write(text)));
    assertThat(reply.status()).isEqualTo(200);
    return reply;
  }

  private static void awaitVersions(List<String> nodes, long version) {
    await(
        nodes + " show version " + version,
        () -> nodes.stream().allMatch(node -> version(node) == version));
  }

  private static void awaitVersionOfToday() {
    await(
        "all layers show the version of today",
        () -> {
          long last = cluster.master().health().get("last_index").asLong();
          return lastIndex() == last
              && layers().stream().allMatch(node -> version(node) == last - last % 10);
        });
  }

  @ParameterizedTest
  @ValueSource(strings = {MASTER, FOLLOWER_1, FOLLOWER_2, LAYER_1_2, LAYER_2_1})
  void takesAnUpdateAtAnyNodeAndAnswersWhenTheWholeCoreHoldsIt(String node) {
    String body = "{\"data\":\"sent to %s\"}".formatted(node);
    Reply answer = cluster.client(node).post("/add", body);
    if (!node.equals(MASTER)) {
      assertThat(answer.status()).isEqualTo(307);
      URI location = URI.create(answer.header("Location"));
      assertThat(location.getPort()).isEqualTo(cluster.master().port());
      answer = cluster.master().post(location.getPath(), body);
    }

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.number("Replication-Acks")).isEqualTo(3);
    for (String core : CORE) {
      assertThat(cluster.client(core).texts()).contains("sent to " + node);
    }
  }

  @Test
  void showsLayerOneEveryTenUpdatesAndLayerTwoWhatLayerOneShows() {
    addUpTo(9);
    awaitVersionOfToday();
    long before = version(LAYER_1_1);

    add("the tenth");
    awaitVersions(layers(), before + 10);
    List<String> all = cluster.master().texts();
    for (int more = 1; more <= 5; more++) {
      add("not seen below");
    }

    for (String node : layers()) {
      assertThat(cluster.client(node).texts()).isEqualTo(all);
      assertThat(cluster.client(node).get("/messages").number("Log-Index")).isEqualTo(before + 10);
    }
  }

  @Test
  void showsGrowingPrefixesOfOneOrderWhileManyWrite() {
    Map<String, Long> seen = new HashMap<>();
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () ->
                IntStream.range(0, 150)
                    .parallel()
                    .forEach(number -> cluster.master().add("concurrent " + number, 1)));
    List<Map.Entry<String, List<String>>> reads = new ArrayList<>();
    while (!writing.isDone()) {
      for (String node : layers()) {
        Reply read = cluster.client(node).get("/messages");
        long version = read.number("Log-Version");
        assertThat(read.texts()).hasSize((int) version);
        assertThat(version % 10).as("%s shows whole versions", node).isZero();
        assertThat(version).isGreaterThanOrEqualTo(seen.getOrDefault(node, 0L));
        seen.put(node, version);
        reads.add(Map.entry(node, read.texts()));
      }
    }
    writing.join();
    awaitVersionOfToday();

    List<String> all = cluster.master().texts();
    assertThat(reads)
        .allSatisfy(read -> assertThat(all).startsWith(read.getValue().toArray(String[]::new)));
    assertThat(version(LAYER_2_1)).isEqualTo(version(LAYER_2_2)).isEqualTo(version(LAYER_1_2));
  }

  @Test
  void saysHowStaleItIs() {
    addUpTo(0);
    awaitVersionOfToday();
    await(
        "it knows that it is complete",
        () -> cluster.client(LAYER_2_1).get("/messages").header("Log-Behind").equals("0"));
    add("one more");
    add("and another");

    for (String node : layers()) {
      await(
          node + " knows that it is behind",
          () -> cluster.client(node).get("/messages").header("Log-Behind").equals("2"));
      JsonNode health = cluster.client(node).health();
      assertThat(health.get("behind").asLong()).isEqualTo(2);
      assertThat(health.get("version").asLong()).isEqualTo(lastIndex() - 2);
      assertThat(health.get("upstream_error").isNull()).isTrue();
    }
    long first = cluster.client(LAYER_1_1).get("/messages").number("Log-Stale-Ms");
    await(
        "it grows older",
        () -> cluster.client(LAYER_1_1).get("/messages").number("Log-Stale-Ms") > first + 100);
    assertThat(cluster.client(LAYER_2_2).get("/actuator/prometheus").text())
        .contains("replog_layer_behind_entries 2.0", "replog_layer 2.0", "replog_layer_fed 1.0");
    assertThat(cluster.client(FOLLOWER_1).get("/messages").header("Log-Behind")).isEmpty();
  }

  @Test
  void tellsTheMasterWhoIsBelow() {
    await("four layer nodes are known", () -> cluster.master().health().path("layers").size() == 4);
    awaitVersionOfToday();
    long version = version(LAYER_1_1);
    await("all are up to date", () -> layersAsToldByTheMaster(version));

    JsonNode layers = cluster.master().health().get("layers");

    assertThat(layers)
        .extracting(
            node -> node.get("node").asString(),
            node -> node.get("layer").asInt(),
            node -> node.get("upstream").asString(),
            node -> node.get("feed").asString(),
            node -> node.get("url").asString())
        .containsExactly(
            told(LAYER_1_1, 1, FOLLOWER_1, "every 10 messages"),
            told(LAYER_1_2, 1, FOLLOWER_2, "every 10 messages"),
            told(LAYER_2_1, 2, LAYER_1_1, "every 1s"),
            told(LAYER_2_2, 2, LAYER_1_1, "every 1s"));
    assertThat(cluster.follower1().health().get("layers")).hasSize(3);
  }

  private static boolean layersAsToldByTheMaster(long version) {
    for (JsonNode node : cluster.master().health().get("layers")) {
      boolean isWhole = node.get("layer").isInt() && !node.get("silent").asBoolean();
      if (node.get("version").asLong() != version || !isWhole) {
        return false;
      }
    }
    return true;
  }

  private static org.assertj.core.groups.Tuple told(
      String node, int layer, String upstream, String feed) {
    String url = cluster.nodes().url(node);
    return org.assertj.core.groups.Tuple.tuple(node, layer, upstream, feed, url);
  }

  @Test
  void goesOnReadingWhileTheUpstreamIsAwayAndCatchesUpAfterwards() {
    addUpTo(0);
    awaitVersionOfToday();
    long before = version(LAYER_1_1);
    cluster.nodes().kill(FOLLOWER_1);
    await("it notices", () -> !cluster.client(LAYER_1_1).health().get("upstream_error").isNull());

    IntStream.range(0, 10).forEach(number -> cluster.master().add("without follower-1", 2));
    awaitVersions(List.of(LAYER_1_2), before + 10);
    Reply read = cluster.client(LAYER_1_1).get("/messages");
    assertThat(read.status()).isEqualTo(200);
    assertThat(read.number("Log-Version")).isEqualTo(before);
    assertThat(cluster.client(LAYER_1_1).get("/readyz").status()).isEqualTo(200);
    await(
        "it says that it is stale",
        () -> cluster.client(LAYER_1_1).get("/messages").number("Log-Stale-Ms") > 1_000);
    await(
        "the layer below says so too",
        () -> cluster.client(LAYER_2_1).get("/messages").number("Log-Stale-Ms") > 1_000);

    cluster.start(FOLLOWER_1);
    cluster.awaitInSync();
    awaitVersions(layers(), before + 10);
    await(
        "it says that it is fed",
        () -> cluster.client(LAYER_1_1).health().get("upstream_error").isNull());
  }

  @Test
  void neverShowsLessOrHalfAVersionAfterKillsWhileWriting() {
    CompletableFuture<Void> writing =
        CompletableFuture.runAsync(
            () ->
                IntStream.range(0, 200)
                    .forEach(number -> cluster.master().add("while killed " + number, 1)));
    long seen = 0;
    for (int kills = 0; kills < 3; kills++) {
      await("it has moved on", movedOnFrom(seen, writing));
      seen = version(LAYER_1_2);
      cluster.nodes().kill(LAYER_1_2);
      cluster.nodes().kill(LAYER_2_1);
      cluster.start(LAYER_1_2, LAYER_2_1);
      Reply read = cluster.client(LAYER_1_2).get("/messages");
      assertThat(read.number("Log-Version") % 10).isZero();
      assertThat(read.number("Log-Version")).isGreaterThanOrEqualTo(seen);
      assertThat(read.texts()).hasSize((int) read.number("Log-Version"));
      assertThat(version(LAYER_2_1) % 10).isZero();
    }
    writing.join();

    awaitVersionOfToday();
    assertThat(cluster.client(LAYER_2_1).texts()).isEqualTo(cluster.client(LAYER_1_2).texts());
  }

  private static java.util.function.BooleanSupplier movedOnFrom(
      long seen, CompletableFuture<Void> writing) {
    return () -> version(LAYER_1_2) > seen || writing.isDone();
  }

  @Test
  void fillsAWipedLayerNodeAgain() {
    addUpTo(0);
    awaitVersionOfToday();
    cluster.nodes().kill(LAYER_1_1);
    cluster.nodes().wipe(LAYER_1_1);

    cluster.start(LAYER_1_1);

    awaitVersionOfToday();
    assertThat(cluster.client(LAYER_1_1).texts()).isEqualTo(cluster.master().texts());
  }

  @Test
  void countsNoLayerNodeAndTakesNothingFromAMaster() {
    assertThat(cluster.master().health().get("followers")).hasSize(2);
    Problems.requireProblem(cluster.master().add("too many", 4), 400);
    NodeClient node = cluster.client(LAYER_1_1).saying("Cluster-Token", cluster.nodes().token());

    Reply batch = node.post("/replicate", "{\"data\":{\"text\":\"m1\",\"sequence_id\":1}}");
    Reply beat =
        node.post(
            "/heartbeat",
            "{\"cluster_id\":\"replog\",\"log_id\":null,\"epoch\":9,\"start_id\":\"x\","
                + "\"durable_index\":0,\"commit_index\":0,\"first_index\":0}");

    Problems.requireProblem(batch, 403);
    Problems.requireProblem(beat, 403);
    assertThat(beat.json().get("message").asString())
        .contains("every 10 messages", cluster.nodes().url(FOLLOWER_1), "FOLLOWERS");
  }

  @Test
  void refusesUpstreamsThatFormACircleAndFeedsThatAreNone() {
    NodeClient node = cluster.follower1().saying("Cluster-Token", cluster.nodes().token());

    Reply self = node.post("/cluster/feed", request(FOLLOWER_1, "every 10 messages", ""));
    Reply circle =
        node.post(
            "/cluster/feed",
            request(
                "somebody",
                "every 10 messages",
                "{\"node\":\"follower-1\",\"url\":\"http://x\",\"feed\":\"every"
                    + " 1s\",\"upstream\":\"x\","
                    + "\"layer\":3,\"version\":1,\"behind\":1,\"stale_ms\":1,\"silent_ms\":0}"));
    Reply eager = node.post("/cluster/feed", request("somebody", "eager", ""));

    Problems.requireProblem(self, 409);
    Problems.requireProblem(circle, 409);
    assertThat(circle.json().get("message").asString()).contains("circle");
    Problems.requireProblem(eager, 400);
  }

  private static String request(String node, String feed, String fed) {
    return """
    {"cluster_id":"replog","node":"%s","port":1,"feed":"%s","layer":null,"log_id":null,
     "position":{"index":0,"epoch":0,"chain":"0000000000000000"},"version":0,"behind":null,
     "stale_ms":null,"wait_ms":0,"max_bytes":1000,"fed":[%s]}\
    """
        .formatted(node, feed, fed);
  }

  @Test
  void keepsAVersionLogOnEveryNode() {
    addUpTo(0);
    awaitVersionOfToday();
    add("the first of the next version");
    addUpTo(0);
    awaitVersionOfToday();
    long last = lastIndex();
    List<String> all = new ArrayList<>(CORE);
    all.addAll(layers());

    for (String node : all) {
      await(
          node + " has written it down",
          () -> lines(node).getLast().get("version").asLong() == last);
      List<JsonNode> lines = lines(node);
      long end = 0;
      for (JsonNode line : lines) {
        assertThat(line.get("first_index").asLong()).as("%s: %s", node, line).isEqualTo(end + 1);
        end = line.get("version").asLong();
        assertThat(line.get("entries").asLong())
            .isEqualTo(end - line.get("first_index").asLong() + 1);
      }
    }
    assertThat(froms(MASTER)).containsOnly("clients");
    assertThat(froms(FOLLOWER_2)).containsOnly("master");
    assertThat(froms(LAYER_1_2)).last().isEqualTo(FOLLOWER_2);
    assertThat(froms(LAYER_1_2)).as("it may have been killed").isSubsetOf(FOLLOWER_2, "unknown");
    assertThat(froms(LAYER_2_2)).containsOnly(LAYER_1_1);
    assertThat(lines(LAYER_2_2)).allMatch(line -> line.get("version").asLong() % 10 == 0);
  }

  private static List<String> froms(String node) {
    return lines(node).stream().map(line -> line.get("from").asString()).toList();
  }

  private static List<JsonNode> lines(String node) {
    Path file = cluster.nodes().dataDirectory(node).resolve("versions.jsonl");
    try {
      return Files.readAllLines(file).stream().map(Json::parse).collect(Collectors.toList());
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }
}
