package io.replog.master.cluster;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DamageTest {

  private static final String KEY = "a-key-of-this-test";

  @TempDir private Path data;
  private TestFollower follower;

  @BeforeEach
  void start() {
    follower = new TestFollower("follower-1");
    follower.answerEverything(aResponse().withStatus(500));
  }

  @AfterEach
  void stop() {
    follower.close();
  }

  private HttpResponse<String> addTwice(boolean damage) throws IOException {
    try (TestMaster master = TestMaster.start(data, List.of(follower));
        TestClient client = new TestClient(master)) {
      client.add("{\"data\":\"m1\"}", "Idempotency-Key", KEY);
      client.add("{\"data\":\"m2\"}");
    }
    try (TestMaster master = TestMaster.start(data, List.of(follower));
        TestClient client = new TestClient(master)) {
      if (damage) {
        damageTheKey();
      }
      HttpResponse<String> answer = client.add("{\"data\":\"m1\"}", "Idempotency-Key", KEY);
      if (damage) {
        await()
            .atMost(Duration.ofMinutes(2))
            .until(() -> client.add("{\"data\":\"m3\"}").body().contains("ACCEPT_DATA_LOSS"));
      }
      assertThat(master.exitCode()).isNotDone();
      return answer;
    }
  }

  private void damageTheKey() throws IOException {
    Path segment;
    try (Stream<Path> files = Files.list(data)) {
      segment = files.filter(file -> file.toString().endsWith(".log")).findFirst().orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(segment);
    int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(KEY);
    bytes[at] ^= 1;
    Files.write(segment, bytes);
  }

  @Test
  void goesOnReadOnlyWithAnotherCoreWhenThisOneMeetsADamagedRecord() throws IOException {
    HttpResponse<String> answer = addTwice(true);

    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.body()).contains("unknown");
  }

  @Test
  void goesOnWhenTheRecordIsWhole() throws IOException {
    HttpResponse<String> answer = addTwice(false);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Idempotent-Replay")).contains("true");
  }
}
