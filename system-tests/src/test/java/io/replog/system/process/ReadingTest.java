package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.system.kit.Json;
import io.replog.system.kit.NodeClient;
import io.replog.system.kit.Problems;
import io.replog.system.kit.RawHttp;
import io.replog.system.kit.Reply;
import io.replog.system.kit.SharedCluster;
import io.replog.system.kit.Tail;
import io.replog.system.kit.TestCluster;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Pages, representations, live tails and reads that wait.
@ExtendWith(SharedCluster.class)
class ReadingTest {

  private static final Duration LIMIT = TestCluster.LIMIT;

  @Test
  void pagesThroughLog(TestCluster cluster) {
    long first = addFive(cluster, "page");
    Reply whole = cluster.master().get("/messages");

    List<String> pages =
        IntStream.range(0, (whole.texts().size() + 6) / 7)
            .mapToObj(page -> "/messages?limit=7&from=" + (page * 7 + 1))
            .flatMap(path -> cluster.master().get(path).texts().stream())
            .limit(whole.texts().size())
            .toList();

    assertThat(pages).isEqualTo(whole.texts());
    assertThat(cluster.master().get("/messages?limit=2&from=" + first).texts()).hasSize(2);
    assertThat(cluster.master().get("/messages?from=99999999").texts()).isEmpty();
  }

  @Test
  void showsFullRecordsWhereAskedFor(TestCluster cluster) {
    long first = addFive(cluster, "full");

    JsonNode data = cluster.follower1().get("/messages?view=full&limit=2&from=" + first).data();

    assertThat(data.size()).isEqualTo(2);
    assertThat(data.get(0).propertyNames())
        .containsExactly("index", "epoch", "timestamp", "key", "text");
    assertThat(data.get(0).get("index").asLong()).isEqualTo(first);
  }

  @Test
  void streamsOneRecordLine(TestCluster cluster) {
    long first = addFive(cluster, "line");

    Reply reply =
        cluster.master().get("/messages?limit=3&from=" + first, "Accept", "application/x-ndjson");

    assertThat(reply.header("Content-Type")).startsWith("application/x-ndjson");
    assertThat(reply.text()).endsWith("\n");
    assertThat(reply.text().lines().map(Json::parse).map(line -> line.get("index").asLong()))
        .containsExactly(first, first + 1, first + 2);
  }

  @ParameterizedTest
  @CsvSource({
    "*/*, application/json",
    "application/*, application/json",
    "'text/html, */*;q=0.8', application/json",
    "'application/x-ndjson, application/json;q=0.5', application/x-ndjson"
  })
  void choosesRepresentationByAccept(String accept, String type, TestCluster cluster) {
    Reply reply = cluster.master().get("/messages?limit=1", "Accept", accept);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Content-Type")).startsWith(type);
  }

  @Test
  void tailsFromNewestMessageOn(TestCluster cluster) {
    cluster.master().add("before the tail", 3);
    try (Tail tail = Tail.open(cluster.follower2(), "/messages")) {
      long first = addFive(cluster, "tail");

      await().atMost(LIMIT).until(() -> tail.ids().contains(first + 4));

      assertThat(tail.ids()).isSorted().doesNotHaveDuplicates();
      assertThat(tail.events()).noneMatch(event -> event.data().contains("before the tail"));
      Tail.Event event =
          tail.events().stream().filter(e -> e.id().equals("" + first)).findFirst().orElseThrow();
      assertThat(Json.parse(event.data()).get("text").asString()).isEqualTo("tail 0");
    }
  }

  @Test
  void resumesTailWithoutLossOrRepetition(TestCluster cluster) {
    long first = addFive(cluster, "resume");
    long next;
    try (Tail tail =
        Tail.open(cluster.master(), "/messages", "Last-Event-ID", Long.toString(first + 1))) {
      next = addFive(cluster, "resumed");

      await().atMost(LIMIT).until(() -> tail.ids().contains(next + 4));

      assertThat(tail.ids())
          .startsWith(LongStream.rangeClosed(first + 2, next + 4).boxed().toArray(Long[]::new));
    }
  }

  @Test
  void replaysFromFirstMessage(TestCluster cluster) {
    long last = cluster.master().add("last of replay", 1).index();

    try (Tail tail = Tail.open(cluster.master(), "/messages?from=1")) {
      await().atMost(LIMIT).until(() -> tail.ids().contains(last));

      assertThat(tail.ids())
          .startsWith(LongStream.rangeClosed(1, last).boxed().toArray(Long[]::new));
    }
  }

  @Test
  void letsReaderWaitForItsOwnWriteAnywhere(TestCluster cluster) {
    for (NodeClient node : List.of(cluster.master(), cluster.follower1(), cluster.follower2())) {
      long index = cluster.master().add("own write", 1).index();

      Reply reply =
          node.get("/messages?limit=1&min_index=%1$d&wait_ms=60000&from=%1$d".formatted(index));

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.texts()).containsExactly("own write");
    }
  }

  @Test
  void tellsWhereItStandsWhenIndexDoesNotCome(TestCluster cluster) {
    Reply reply = cluster.master().get("/messages?min_index=99999999");

    Problems.requireProblem(reply, 412);
    assertThat(reply.data().isNull()).isFalse();
    assertThat(reply.elapsed()).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void showsMajorityOnlyWhatMajorityHolds(TestCluster cluster) {
    long index = cluster.master().add("majority", 2).index();

    Reply onMaster = cluster.master().get("/messages?read_concern=majority");
    Reply onFollower =
        cluster.follower1().get("/messages?read_concern=majority&wait_ms=60000&min_index=" + index);

    assertThat(onMaster.number("Commit-Index")).isGreaterThanOrEqualTo(index);
    assertThat(onMaster.texts()).contains("majority");
    assertThat(onFollower.texts()).contains("majority");
    assertThat(onFollower.texts().size())
        .isLessThanOrEqualTo(Math.toIntExact(onFollower.number("Commit-Index")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "from=0",
        "from=-1",
        "from=x",
        "from=1.0",
        "from=",
        "limit=0",
        "limit=-5",
        "limit=99999999999999999999",
        "min_index=-1",
        "min_index=a",
        "wait_ms=-1",
        "wait_ms=60001",
        "wait_ms=1s",
        "read_concern=linearizable",
        "view=fancy",
        "from=1&from=2",
        "from=%zz"
      })
  void refusesBadParameters(String query, TestCluster cluster) throws Exception {
    String request = "GET /messages?" + query + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";

    for (NodeClient node : List.of(cluster.master(), cluster.follower1())) {
      String answer = RawHttp.exchange(node, request);
      assertThat(answer).startsWith("HTTP/1.1 400");
      Problems.requireBody(bodyOf(answer), 400);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/messages/0", "/messages/-1", "/messages/x", "/messages/1.5"})
  void refusesBadIndex(String path, TestCluster cluster) {
    assertThat(cluster.master().get(path).status()).isIn(400, 404);
    Problems.requireBody(cluster.master().get(path).text(), cluster.master().get(path).status());
  }

  @Test
  void refusesRepresentationThatThereIsNot(TestCluster cluster) {
    Problems.requireProblem(cluster.master().get("/messages", "Accept", "text/html"), 406);
    Problems.requireProblem(cluster.follower1().get("/messages", "Accept", "image/png"), 406);
  }

  /// Adds five messages on every node, one behind the other.
  ///
  /// @return the index of the first
  private static long addFive(TestCluster cluster, String prefix) {
    List<Long> indexes =
        IntStream.range(0, 5)
            .mapToObj(number -> cluster.master().add(prefix + " " + number, 3).index())
            .toList();
    return indexes.getFirst();
  }

  private static String bodyOf(String answer) {
    String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    return body.substring(body.indexOf('{'), body.lastIndexOf('}') + 1);
  }
}
