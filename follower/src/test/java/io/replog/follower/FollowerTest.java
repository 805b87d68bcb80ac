package io.replog.follower;

import static io.replog.follower.Eventually.await;
import static io.replog.follower.RunningFollower.batch;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.follower.core.FollowerNode;
import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowerTest {

  private static final Entry FIRST = Entry.after(Position.START, 2, 1_000, null, "m1");
  private static final Entry SECOND = Entry.after(FIRST.position(), 2, 1_001, null, "m2");
  private static final Entry OTHER = Entry.after(FIRST.position(), 2, 1_001, null, "other");

  @TempDir Path directory;

  @Test
  void takesBatchesOfAMasterOnceAndKeepsThem() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      String request = batch(2, "s", Position.START, List.of(FIRST, SECOND));

      HttpResponse<String> answer = follower.post("/replicate", request);
      HttpResponse<String> again = follower.post("/replicate", request);

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).contains("\"index\":2", SECOND.position().chainDigits());
      assertThat(again.statusCode()).isEqualTo(200);
      assertThat(follower.texts()).isEqualTo("[{\"text\":\"m1\"},{\"text\":\"m2\"}]");
    }
    try (RunningFollower restarted = RunningFollower.start(directory, Map.of())) {
      assertThat(restarted.texts()).isEqualTo("[{\"text\":\"m1\"},{\"text\":\"m2\"}]");
      assertThat(restarted.get("/messages").headers().firstValue("Log-Epoch")).hasValue("2");
      assertThat(restarted.get("/messages").headers().firstValue("Log-Id")).hasValue("log-1");
    }
  }

  @Test
  void refusesGapsOldMastersOtherLogsAndOtherBytes() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      follower.post("/replicate", batch(2, "s", Position.START, List.of(FIRST)));

      assertRefused(follower, batch(1, "s", FIRST.position(), List.of()), "STALE_EPOCH");
      assertRefused(follower, batch(2, "t", FIRST.position(), List.of()), "STALE_EPOCH");
      assertRefused(
          follower,
          batch(2, "s", FIRST.position(), List.of()).replace("log-1", "log-2"),
          "OTHER_LOG");
      assertRefused(
          follower,
          batch(2, "s", FIRST.position(), List.of()).replace("\"replog\"", "\"another\""),
          "OTHER_CLUSTER");
      HttpResponse<String> gap =
          assertRefused(follower, batch(2, "s", new Position(5, 2, 5), List.of()), "GAP");
      assertThat(gap.body()).contains("\"next_index\":2", "\"standing\":{");
      follower.post("/replicate", batch(2, "s", FIRST.position(), List.of(SECOND)));
      assertRefused(follower, batch(2, "s", FIRST.position(), List.of(OTHER)), "DIVERGED");
      assertThat(follower.texts()).isEqualTo("[{\"text\":\"m1\"},{\"text\":\"m2\"}]");
      assertThat(follower.get("/health").body()).contains("\"fault\":\"DIVERGED\"");
    }
  }

  @Test
  void servesHandsUntilAMasterClaimsIt() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      assertThat(follower.plain(1, "m1").statusCode()).isEqualTo(200);
      assertThat(follower.plain(2, "m2").statusCode()).isEqualTo(200);
      assertThat(follower.plain(4, "m4").statusCode()).isEqualTo(202);
      assertThat(follower.texts()).doesNotContain("m4");

      assertThat(follower.plain(3, "m3").statusCode()).isEqualTo(200);

      await().untilAsserted(() -> assertThat(follower.texts()).endsWith("{\"text\":\"m4\"}]"));
      assertThat(follower.plain(2, "m2").statusCode()).isEqualTo(200);
      assertThat(follower.plain(2, "mX").statusCode()).isEqualTo(409);
    }
  }

  @Test
  void appendsNothingByHandOnceClaimed() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      follower.post("/replicate", batch(2, "s", Position.START, List.of(FIRST)));

      HttpResponse<String> answer = follower.plain(2, "m2");

      assertThat(answer.statusCode()).isEqualTo(409);
      assertThat(answer.body()).contains("OTHER_WRITER");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|cluster_id is missing",
        "{\"data\":{\"text\":\"a\"}}|data.sequence_id is missing",
        "{\"data\":{\"sequence_id\":1}}|data.text is missing",
        "{\"data\":{\"text\":\"a\",\"sequence_id\":0}}|data.sequence_id is 0",
        "{\"data\":{\"text\":\"a\",\"sequence_id\":\"1\"}}|data.sequence_id is a string",
        "{\"data\":{\"text\":1,\"sequence_id\":1}}|data.text is 1",
        "{\"cluster_id\":\"replog\",\"log_id\":\"l\",\"epoch\":0}|epoch is 0",
        "{\"entries\":[{\"epoch\":1,\"timestamp_ms\":2}]}|entries[0].text is missing",
        "{\"entries\":[{\"epoch\":1,\"timestamp_ms\":\"2\"}]}|entries[0].timestamp_ms is a string",
      })
  void saysWhatIsWrongWithARequest(String json, String words) throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      HttpResponse<String> answer = follower.post("/replicate", json);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains(words);
    }
  }

  @Test
  void answersHeartbeatsWhileABatchIsDelayed() throws Exception {
    try (RunningFollower follower =
        RunningFollower.start(directory, Map.of("FAULTS", "on", "REPLICATION_DELAY", "60s"))) {
      CompletableFuture<HttpResponse<String>> delayed =
          follower.postLater("/replicate", batch(2, "s", Position.START, List.of(FIRST)));
      await().until(() -> follower.bean(FollowerNode.class).view().delayedEntries() == 1);

      HttpResponse<String> beat =
          follower.post(
              "/heartbeat",
              "{\"cluster_id\":\"replog\",\"log_id\":null,\"epoch\":0,\"start_id\":\"s\"}");

      assertThat(beat.statusCode()).isEqualTo(200);
      assertThat(beat.body()).contains("\"delay_ms\":60000", "\"index\":0");
      follower.put("/faults/delay", "{\"delay_ms\":0}");
      assertThat(delayed.get().statusCode()).isEqualTo(200);
    }
  }

  @Test
  void refusesDelayedBatchesWhenItStops() throws Exception {
    RunningFollower follower = RunningFollower.start(directory, Map.of("REPLICATION_DELAY", "60s"));
    CompletableFuture<HttpResponse<String>> delayed =
        follower.postLater("/replicate", batch(2, "s", Position.START, List.of(FIRST)));
    await().until(() -> follower.bean(FollowerNode.class).view().delayedEntries() == 1);
    long before = System.nanoTime();

    follower.stop();

    assertThat(delayed.get().statusCode()).isEqualTo(503);
    assertThat(delayed.get().body()).contains("STOPPING");
    assertThat(System.nanoTime() - before).isLessThan(30_000_000_000L);
    try (RunningFollower restarted = RunningFollower.start(directory, Map.of())) {
      assertThat(restarted.texts()).isEqualTo("[]");
    }
  }

  @Test
  void keepsTheKindOfAnEntryForReadersMastersAndItsNextStart() throws Exception {
    Entry transaction =
        Entry.after(FIRST.position(), 2, 1_001, EntryKind.TRANSACTION, null, "b, w(1,2), c");
    String request = batch(2, "s", Position.START, List.of(FIRST, transaction));
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      HttpResponse<String> answer = follower.post("/replicate", request);

      assertThat(answer.body()).contains(transaction.position().chainDigits());
      assertThat(follower.post("/replicate", request).statusCode()).isEqualTo(200);
    }
    try (RunningFollower restarted = RunningFollower.start(directory, Map.of())) {
      assertThat(restarted.get("/messages?view=full").body())
          .contains("\"text\":\"b, w(1,2), c\",\"kind\":\"transaction\"}")
          .containsOnlyOnce("\"kind\"");
      assertThat(restarted.get("/messages/2").body()).contains("\"kind\":\"transaction\"");
      assertThat(restarted.get("/cluster/entries").body())
          .contains("\"text\":\"b, w(1,2), c\",\"kind\":\"transaction\"}")
          .contains("\"text\":\"m1\"}");
    }
  }

  @Test
  void refusesAKindThatItDoesNotKnow() throws Exception {
    String request =
        batch(2, "s", Position.START, List.of(FIRST))
            .replace("\"text\":\"m1\"", "\"text\":\"m1\",\"kind\":\"of-the-future\"");
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      HttpResponse<String> answer = follower.post("/replicate", request);

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("kind");
      assertThat(follower.texts()).isEqualTo("[]");
    }
  }

  @Test
  void givesWhatIsBehindAPositionItHoldsToo() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      follower.post("/replicate", batch(2, "s", Position.START, List.of(FIRST, SECOND)));
      String chain = FIRST.position().chainDigits();

      HttpResponse<String> behind =
          follower.get("/cluster/entries?after_index=1&after_epoch=2&after_chain=" + chain);
      HttpResponse<String> diverged =
          follower.get("/cluster/entries?after_index=2&after_epoch=2&after_chain=" + chain);
      HttpResponse<String> beyond =
          follower.get("/cluster/entries?after_index=3&after_epoch=2&after_chain=" + chain);

      assertThat(behind.body()).contains("\"text\":\"m2\"").doesNotContain("\"text\":\"m1\"");
      assertThat(diverged.statusCode()).isEqualTo(409);
      assertThat(diverged.body()).contains("\"reason\":\"DIVERGED\"");
      assertThat(beyond.body()).contains("\"reason\":\"GAP\"");
      assertThat(follower.get("/cluster/entries?after_chain=zz").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void sendsWritersAndWaitersToTheMaster() throws Exception {
    try (RunningFollower follower =
        RunningFollower.start(directory, Map.of("MASTER_PORT", "7001"))) {
      HttpResponse<String> add = follower.post("/add?write_concern=2", "{\"data\":\"m\"}");
      HttpResponse<String> wait = follower.get("/messages/1?wait_acks=2&wait_ms=10");

      assertThat(add.statusCode()).isEqualTo(307);
      assertThat(add.headers().firstValue("Location"))
          .hasValue("http://127.0.0.1:7001/add?write_concern=2");
      assertThat(wait.statusCode()).isEqualTo(307);
      assertThat(wait.headers().firstValue("Location"))
          .hasValue("http://127.0.0.1:7001/messages/1?wait_acks=2&wait_ms=10");
    }
  }

  @Test
  void servesTheIntactPartOfADamagedLogUntilItsMasterHasFilledItIn() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      follower.post("/replicate", batch(2, "s", Position.START, List.of(FIRST)));
      follower.post("/replicate", batch(2, "s", FIRST.position(), List.of(SECOND)));
      follower.post(
          "/replicate",
          batch(
              2,
              "s",
              SECOND.position(),
              List.of(Entry.after(SECOND.position(), 2, 1_002, null, "m3"))));
    }
    damage("m2");

    try (RunningFollower damaged = RunningFollower.start(directory, Map.of())) {
      assertThat(damaged.get("/messages?limit=1").body()).contains("[{\"text\":\"m1\"}]");
      assertThat(damaged.get("/messages").statusCode()).isEqualTo(503);
      assertThat(damaged.get("/health").body()).contains("\"fault\":\"CORRUPT\"");

      HttpResponse<String> filled =
          damaged.post("/replicate", batch(2, "s", FIRST.position(), List.of(SECOND)));

      assertThat(filled.statusCode()).isEqualTo(200);
      assertThat(filled.body()).contains("\"index\":3", "\"fault\":null");
      assertThat(damaged.texts())
          .isEqualTo("[{\"text\":\"m1\"},{\"text\":\"m2\"},{\"text\":\"m3\"}]");
    }
  }

  @Test
  void opensItsLogAnewWhenAReadMeetsDamage() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of("SCRUB_RATE", "0"))) {
      follower.post("/replicate", batch(2, "s", Position.START, List.of(FIRST)));
      follower.post("/replicate", batch(2, "s", FIRST.position(), List.of(SECOND)));
      assertThat(follower.get("/health").body()).contains("\"fault\":null");
      damage("m2");

      HttpResponse<String> list = follower.get("/messages");

      assertThat(list.statusCode()).isEqualTo(503);
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> follower.get("/health").body().contains("\"fault\":\"CORRUPT\""));
      await().until(() -> follower.get("/messages?limit=1").body().contains("m1"));
    }
  }

  @Test
  void leavesTheOutcomeOpenWhenTheAnswerTakesTooLong() throws Exception {
    try (RunningFollower follower =
        RunningFollower.start(directory, Map.of(), "replog.follower.answer-slack=50ms")) {
      follower.post("/replicate", batch(2, "s", Position.START, List.of(FIRST)));
      Entry ahead = Entry.after(SECOND.position(), 2, 1_002, null, "m3");
      String request = batch(2, "s", SECOND.position(), List.of(ahead));

      HttpResponse<String> answer =
          await()
              .until(
                  () -> follower.post("/replicate", request), given -> given.statusCode() == 504);

      assertThat(answer.body()).contains("\"reason\":\"TIMED_OUT\"", "\"standing\":{");
    }
  }

  @Test
  void changesItsDelayWhileItRuns() throws Exception {
    try (RunningFollower follower =
        RunningFollower.start(directory, Map.of("FAULTS", "on", "REPLICATION_DELAY", "60s"))) {
      CompletableFuture<HttpResponse<String>> delayed =
          follower.postLater("/replicate", batch(2, "s", Position.START, List.of(FIRST)));
      await().until(() -> follower.bean(FollowerNode.class).view().delayedEntries() == 1);

      HttpResponse<String> answer = follower.put("/faults/delay", "{\"delay_ms\":20}");

      assertThat(answer.body()).contains("\"data\":{\"delay_ms\":20}");
      assertThat(follower.get("/health").body()).contains("\"delay_ms\":20");
      assertThat(delayed.get().statusCode()).isEqualTo(200);
      assertThat(follower.get("/").body()).contains("/faults/delay");
      for (String wrong : List.of("{}", "{\"delay_ms\":-1}", "{\"delay_ms\":600001}")) {
        assertThat(follower.put("/faults/delay", wrong).statusCode()).isEqualTo(400);
      }
    }
  }

  @Test
  void injectsNoFaultsUnlessAllowed() throws Exception {
    try (RunningFollower follower = RunningFollower.start(directory, Map.of())) {
      HttpResponse<String> answer = follower.put("/faults/delay", "{\"delay_ms\":20}");

      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.body()).contains("/problems/not-found");
      assertThat(follower.get("/health").body()).contains("\"delay_ms\":0");
      assertThat(follower.get("/").body()).doesNotContain("/faults");
    }
  }

  private static HttpResponse<String> assertRefused(
      RunningFollower follower, String request, String reason) throws Exception {
    HttpResponse<String> answer = follower.post("/replicate", request);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(409);
    assertThat(answer.body()).contains("\"reason\":\"" + reason + "\"");
    return answer;
  }

  /// Changes the first byte of `text` in the segment.
  private void damage(String text) throws Exception {
    try (var files = Files.walk(directory)) {
      Path segment =
          files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
      byte[] bytes = Files.readAllBytes(segment);
      String latin = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
      bytes[latin.indexOf(text)] ^= 1;
      Files.write(segment, bytes);
    }
  }
}
