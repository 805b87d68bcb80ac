package io.replog.master.cluster;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import io.replog.replication.master.MasterInput;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StopTest {

  private static final int CALLS = 50;

  @TempDir private Path data;
  private TestFollower follower;
  private TestMaster master;
  private TestClient client;

  @BeforeEach
  void start() {
    follower = new TestFollower("follower-1");
    follower.answerBatches(aResponse().withStatus(500));
    master = TestMaster.start(data, List.of(follower));
    client = new TestClient(master);
  }

  @AfterEach
  void stop() {
    client.close();
    master.close();
    follower.close();
  }

  private List<CompletableFuture<HttpResponse<String>>> block() {
    List<CompletableFuture<HttpResponse<String>>> calls =
        IntStream.range(0, CALLS)
            .mapToObj(_ -> client.addLater("{\"data\":\"m\",\"write_concern\":2}"))
            .toList();
    await()
        .untilAsserted(
            () -> {
              assertThat(calls).allSatisfy(StopTest::requireStillWaiting);
              assertThat(client.data("/health").get("blocked_writes").intValue()).isEqualTo(CALLS);
            });
    return calls;
  }

  /// Fails with what the master said, rather than with a time-out.
  private static void requireStillWaiting(CompletableFuture<HttpResponse<String>> call) {
    if (call.isDone()) {
      throw new IllegalStateException("answered too early: " + call.join().body());
    }
  }

  private void assertAllAnswered(
      List<CompletableFuture<HttpResponse<String>>> calls, String reason) {
    assertThat(calls)
        .allSatisfy(
            call -> {
              HttpResponse<String> answer = call.join();
              assertThat(answer.statusCode()).isEqualTo(504);
              assertThat(client.json(answer).get("data").get("reason").stringValue())
                  .isEqualTo(reason);
            });
  }

  @Test
  void answersEveryBlockedCallBeforeItStops() {
    List<CompletableFuture<HttpResponse<String>>> calls = block();

    master.close();

    assertAllAnswered(calls, "STOPPING");
  }

  @Test
  void answersEveryBlockedCallWhenTheLogHasFailed() {
    List<CompletableFuture<HttpResponse<String>>> calls = block();

    master.bean(MasterLoop.class).put(new MasterInput.LogFailed("EIO"));

    assertAllAnswered(calls, "LOG_FAILED");
    HttpResponse<String> later = client.add("{\"data\":\"later\"}");
    assertThat(later.statusCode()).isEqualTo(503);
    assertThat(client.json(later).get("data").get("reason").stringValue()).isEqualTo("LOG_FAILED");
  }

  @Test
  void endsTheProcessWhenTheCoreIsContradicted() {
    List<CompletableFuture<HttpResponse<String>>> calls = block();

    master.bean(MasterLoop.class).put(new MasterInput.Durable(1_000_000));

    assertThat(master.exitCode().join()).isEqualTo(1);
    assertThat(calls).allSatisfy(call -> assertThat(call.join().statusCode()).isEqualTo(500));
  }
}
