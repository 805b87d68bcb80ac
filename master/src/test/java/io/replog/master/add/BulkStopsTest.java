package io.replog.master.add;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.OpenBody;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bulk adds that the master cannot take to their end: the answer says how far they came.
class BulkStopsTest {

  private static final String LINE = "{\"data\":\"m\"}\n";

  private final TestFollower first = new TestFollower("follower-1");
  private final TestFollower second = new TestFollower("follower-2");

  @TempDir private Path data;

  @AfterEach
  void closeFollowers() {
    first.close();
    second.close();
  }

  @Test
  void endsWhereTheMajorityWasLost() throws IOException {
    try (TestMaster master = start("QUORUM_APPEND", "on");
        TestClient client = new TestClient(master);
        OpenBody body = openAfterTwo(master, client)) {
      first.answerEverything(aResponse().withStatus(500));
      second.answerEverything(aResponse().withStatus(500));
      await().until(() -> !client.data("/health").get("writable").booleanValue());

      body.send(LINE);
      body.end();

      requireStop(body.answer(), "NO_QUORUM");
      assertThat(lastIndex(client)).isEqualTo(2);
      assertThat(client.post("/add", LINE, "Content-Type", "application/x-ndjson").statusCode())
          .isEqualTo(503);
    }
  }

  @Test
  void endsWhereTheMasterStops() throws IOException {
    TestMaster master = start();
    try (master;
        TestClient client = new TestClient(master);
        OpenBody body = openAfterTwo(master, client)) {
      CompletableFuture<String> answer =
          CompletableFuture.supplyAsync(() -> answerOf(body), Thread::startVirtualThread);
      CompletableFuture<Void> stopped =
          CompletableFuture.runAsync(master::close, Thread::startVirtualThread);

      await().until(() -> answer.isDone() || !goesOn(body));

      assertThat(answer.join())
          .startsWith("HTTP/1.1 504")
          .containsPattern("\"reason\":\"STOPPING\"")
          .contains("\"line\":");
      stopped.join();
    }
  }

  @Test
  void isRefusedBeforeItsFirstLineAboveTheShareOfItsClient() {
    try (TestMaster master = start("MAX_BLOCKED_WRITES_PER_CLIENT", "1");
        TestClient client = new TestClient(master)) {
      second.answerBatches(aResponse().withStatus(500));
      CompletableFuture<HttpResponse<String>> blocked =
          client.addLater("{\"data\":\"blocked\",\"write_concern\":3}");
      await().until(() -> client.data("/health").get("blocked_writes").intValue() == 1);

      HttpResponse<String> refused =
          client.post("/add?write_concern=2", LINE, "Content-Type", "application/x-ndjson");

      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(lastIndex(client)).isEqualTo(1);
      second.heal();
      assertThat(blocked.join().statusCode()).isEqualTo(200);
    }
  }

  private TestMaster start(String... variables) {
    return TestMaster.start(data.resolve("master"), List.of(first, second), variables);
  }

  /// A majority has both: a body that still waits for that would not end with what comes later.
  private static OpenBody openAfterTwo(TestMaster master, TestClient client) throws IOException {
    await().until(() -> client.data("/health").get("writable").booleanValue());
    OpenBody body = OpenBody.begin(master.uri(), 2);
    body.send(LINE + LINE);
    await().until(() -> client.data("/health").get("commit_index").longValue() == 2);
    return body;
  }

  private static void requireStop(String answer, String reason) {
    assertThat(answer)
        .startsWith("HTTP/1.1 504")
        .contains("\"reason\":\"" + reason + "\"", "\"count\":2", "\"line\":3");
  }

  private static long lastIndex(TestClient client) {
    return client.data("/health").get("last_index").longValue();
  }

  private static String answerOf(OpenBody body) {
    try {
      return body.answer();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static boolean goesOn(OpenBody body) {
    try {
      body.send(LINE);
      return true;
    } catch (IOException closed) {
      return false;
    }
  }
}
