package io.replog.follower;

import static io.replog.follower.Eventually.await;
import static io.replog.follower.RunningFollower.batch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultsTest {

  private static final Entry FIRST = Entry.after(Position.START, 2, 1_000, null, "m1");
  private static final Entry SECOND = Entry.after(FIRST.position(), 2, 1_001, null, "m2");
  private static final String BATCH = batch(2, "s", Position.START, List.of(FIRST));
  private static final String BEAT =
      "{\"cluster_id\":\"replog\",\"log_id\":null,\"epoch\":0,\"start_id\":\"s\"}";
  private static final String NONE =
      "{\"delay_ms\":0,\"jitter_ms\":0,\"error_before_percent\":0,\"error_after_percent\":0,"
          + "\"drop_answers_percent\":0,\"pause\":false,\"partition\":false,\"seed\":0}";

  @TempDir Path directory;

  private RunningFollower start(String... variables) {
    Map<String, String> all = new java.util.HashMap<>(Map.of("FAULTS", "on"));
    for (int i = 0; i < variables.length; i += 2) {
      all.put(variables[i], variables[i + 1]);
    }
    return RunningFollower.start(directory, all);
  }

  @Test
  void answersAnErrorAndAppendsNothing() throws Exception {
    try (RunningFollower follower = start()) {
      follower.put("/faults", "{\"error_before_percent\":100}");

      HttpResponse<String> answer = follower.post("/replicate", BATCH);

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("INJECTED", "before the append");
      assertThat(follower.texts()).isEqualTo("[]");
      assertThat(follower.post("/heartbeat", BEAT).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void answersAnErrorAlthoughItHoldsTheBatchDurably() throws Exception {
    try (RunningFollower follower = start()) {
      follower.put("/faults", "{\"error_after_percent\":100}");

      HttpResponse<String> answer = follower.post("/replicate", BATCH);
      HttpResponse<String> refused =
          follower.post("/replicate", batch(1, "s", FIRST.position(), List.of(SECOND)));
      follower.delete("/faults");
      HttpResponse<String> again = follower.post("/replicate", BATCH);

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.body()).contains("INJECTED", "after the append");
      assertThat(refused.statusCode()).as("nothing was appended").isEqualTo(409);
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(follower.texts()).isEqualTo("[{\"text\":\"m1\"}]");
    }
    try (RunningFollower restarted = start()) {
      assertThat(restarted.texts()).isEqualTo("[{\"text\":\"m1\"}]");
    }
  }

  @Test
  void worksAndNeverAnswers() throws Exception {
    try (RunningFollower follower = start()) {
      follower.put("/faults", "{\"drop_answers_percent\":100}");

      CompletableFuture<HttpResponse<String>> call = follower.postLater("/replicate", BATCH);

      awaitSilentCalls(follower, 1);
      assertThat(follower.texts()).contains("m1");
      assertThat(call).isNotDone();
      follower.delete("/faults");
      assertBroken(call);
    }
  }

  @Test
  void takesConnectionsAndNeverAnswersWhilePaused() throws Exception {
    try (RunningFollower follower = start()) {
      follower.put("/faults", "{\"pause\":true}");

      CompletableFuture<HttpResponse<String>> call = follower.postLater("/replicate", BATCH);
      CompletableFuture<HttpResponse<String>> beat = follower.postLater("/heartbeat", BEAT);

      awaitSilentCalls(follower, 2);
      assertThat(follower.texts()).isEqualTo("[]");
      assertThat(follower.get("/health").body()).contains("\"pause\":true");
      assertThat(call).isNotDone();
      follower.put("/faults", "{}");
      assertBroken(call);
      assertBroken(beat);
      assertThat(follower.post("/replicate", BATCH).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void letsGoOfSilentCallsWhenItStops() throws Exception {
    RunningFollower follower = start();
    follower.put("/faults", "{\"pause\":true}");
    CompletableFuture<HttpResponse<String>> call = follower.postLater("/replicate", BATCH);
    awaitSilentCalls(follower, 1);
    long before = System.nanoTime();

    follower.stop();

    assertThat(Duration.ofNanos(System.nanoTime() - before))
        .as("less than a call may be silent")
        .isLessThan(Duration.ofSeconds(25));
    assertBroken(call);
  }

  @Test
  void breaksConnectionsOfItsMasterWhilePartitioned() throws Exception {
    try (RunningFollower follower = start()) {
      follower.put("/faults", "{\"partition\":true}");

      assertThatThrownBy(() -> follower.post("/replicate", BATCH)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> follower.post("/heartbeat", BEAT)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> follower.get("/cluster/entries")).isInstanceOf(IOException.class);
      assertThat(follower.texts()).isEqualTo("[]");
      follower.delete("/faults");
      assertThat(follower.post("/replicate", BATCH).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void meetsTheSameFaultsWithTheSameSeed() throws Exception {
    try (RunningFollower follower = start()) {
      List<Integer> first = statusesWithSeed(follower, 7);
      List<Integer> again = statusesWithSeed(follower, 7);
      List<Integer> other = statusesWithSeed(follower, 8);

      assertThat(again).isEqualTo(first).contains(200, 500);
      assertThat(other).isNotEqualTo(first);
    }
  }

  private static List<Integer> statusesWithSeed(RunningFollower follower, int seed)
      throws Exception {
    follower.put("/faults", "{\"error_before_percent\":50,\"seed\":%d}".formatted(seed));
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      statuses.add(follower.post("/replicate", BATCH).statusCode());
    }
    return statuses;
  }

  @Test
  void saysOfWhatIsInjectedUntilItIsCleared() throws Exception {
    try (RunningFollower follower = start()) {
      assertThat(follower.get("/faults").body()).contains(NONE);
      assertThat(follower.get("/health").body()).doesNotContain("injected_faults");

      HttpResponse<String> changed =
          follower.put(
              "/faults", "{\"delay_ms\":20,\"jitter_ms\":5,\"error_after_percent\":1,\"seed\":9}");

      String expected =
          NONE.replace("\"delay_ms\":0", "\"delay_ms\":20")
              .replace("\"jitter_ms\":0", "\"jitter_ms\":5")
              .replace("\"error_after_percent\":0", "\"error_after_percent\":1")
              .replace("\"seed\":0", "\"seed\":9");
      assertThat(changed.body()).contains("\"data\":" + expected);
      assertThat(follower.get("/health").body())
          .contains("\"injected_faults\":" + expected, "\"delay_ms\":25");
      assertThat(follower.delete("/faults").body()).contains(NONE);
      assertThat(follower.get("/health").body()).doesNotContain("injected_faults");
    }
  }

  @Test
  void startsWithTheFaultsOfItsSettingsAndGoesBackToThem() throws Exception {
    try (RunningFollower follower =
        start(
            "REPLICATION_DELAY", "10ms",
            "REPLICATION_JITTER", "5ms",
            "REPLICATION_ERROR_BEFORE", "100",
            "REPLICATION_ERROR_AFTER", "3",
            "FAULTS_SEED", "4")) {
      String before = follower.get("/faults").body();

      assertThat(before)
          .contains(
              "\"delay_ms\":10,\"jitter_ms\":5,\"error_before_percent\":100,"
                  + "\"error_after_percent\":3,",
              "\"seed\":4");
      assertThat(follower.post("/replicate", BATCH).statusCode()).isEqualTo(500);
      follower.put("/faults", "{\"error_before_percent\":0,\"error_after_percent\":0}");
      assertThat(follower.post("/replicate", BATCH).statusCode()).isEqualTo(200);
      follower.delete("/faults");
      assertThat(follower.get("/faults").body()).isEqualTo(before);
    }
  }

  @Test
  void refusesWhatIsOutOfBounds() throws Exception {
    List<String> wrong =
        List.of(
            "{\"delay_ms\":600001}",
            "{\"delay_ms\":-1}",
            "{\"jitter_ms\":600001}",
            "{\"error_before_percent\":101}",
            "{\"error_after_percent\":-1}",
            "{\"error_after_percent\":2.5}",
            "{\"drop_answers_percent\":\"10\"}",
            "{\"pause\":1}",
            "{\"partition\":\"yes\"}",
            "{\"seed\":9007199254740992}",
            "[]");
    try (RunningFollower follower = start()) {
      for (String faults : wrong) {
        assertThat(follower.put("/faults", faults).statusCode()).as(faults).isEqualTo(400);
      }
      assertThat(follower.get("/faults").body()).contains(NONE);
    }
  }

  @Test
  void injectsNothingUnlessAllowed() throws Exception {
    try (RunningFollower follower = start("FAULTS", "off")) {
      assertThat(follower.get("/faults").statusCode()).isEqualTo(404);
      assertThat(follower.put("/faults", "{\"pause\":true}").statusCode()).isEqualTo(404);
      assertThat(follower.delete("/faults").statusCode()).isEqualTo(404);

      assertThat(follower.post("/replicate", BATCH).statusCode()).isEqualTo(200);
      assertThat(follower.get("/health").body()).doesNotContain("injected_faults");
    }
  }

  private static void awaitSilentCalls(RunningFollower follower, int calls) {
    await().until(() -> follower.silentCalls() == calls);
  }

  private static void assertBroken(CompletableFuture<HttpResponse<String>> call) {
    assertThatThrownBy(call::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(HttpTimeoutException.class);
  }
}
