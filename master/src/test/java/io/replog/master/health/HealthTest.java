package io.replog.master.health;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class HealthTest {

  private static TestFollower first;
  private static TestFollower second;
  private static TestMaster master;
  private static TestClient client;

  @BeforeAll
  static void start(@TempDir Path data) {
    first = new TestFollower("follower-1");
    second = new TestFollower("follower-2");
    master =
        TestMaster.start(data.resolve("master"), List.of(first, second), "QUORUM_APPEND", "on");
    client = new TestClient(master);
    await().until(() -> client.get("/readyz").statusCode() == 200);
    await().until(() -> client.data("/health").get("writable").booleanValue());
  }

  @AfterAll
  static void stop() {
    client.close();
    master.close();
    first.close();
    second.close();
  }

  @Test
  void saysWhatTheContractSaysInItsOrder() {
    client.add("{\"data\":\"m\",\"write_concern\":3}");

    await()
        .untilAsserted(
            () ->
                assertThat(client.get("/health").body())
                    .matches(
                        "\\{\"status_code\":200,\"message\":\"Health fetched"
                            + " successfully\",\"data\":\\{"
                            + "\"node\":\"master\",\"role\":\"master\",\"log_id\":\"[^\"]+\",\"epoch\":1,"
                            + "\"last_index\":\\d+,\"durable_index\":\\d+,\"commit_index\":\\d+,"
                            + "\"writable\":true,\"reason\":null,\"fsync\":\"always\",\"blocked_writes\":0,"
                            + "\"followers\":\\[\\{\"node\":\"follower-1\",\"url\":\"http://127.0.0.1:\\d+\","
                            + "\"status\":\"HEALTHY\",\"state\":\"IN_SYNC\",\"match_index\":\\d+,\"lag\":0,"
                            + "\"round_trip_ms\":\\d+,\"last_contact_ms\":\\d+,\"delay_ms\":0,"
                            + "\"fsync\":\"always\",\"last_error\":[^,]+,\"next_attempt_ms\":null},"
                            + "\\{\"node\":\"follower-2\"[^{]*}]}}"));
  }

  @Test
  void refusesWritesWithoutAMajorityAndRecoversByItself() {
    first.answerEverything(aResponse().withStatus(500));
    second.answerEverything(aResponse().withStatus(500));
    await().until(() -> !client.data("/health").get("writable").booleanValue());
    long before = client.data("/health").get("last_index").longValue();

    JsonNode refused = client.json(client.add("{\"data\":\"refused\"}"));

    assertThat(refused.get("status_code").intValue()).isEqualTo(503);
    assertThat(refused.get("message").stringValue())
        .isEqualTo("no quorum: 1 of 3 nodes is reachable, the log is read-only");
    assertThat(refused.get("data").toString())
        .isEqualTo("{\"reason\":\"NO_QUORUM\",\"healthy\":1,\"required\":2}");
    assertThat(client.data("/health").get("last_index").longValue()).isEqualTo(before);
    assertThat(client.data("/health").get("followers").get(0).get("last_error").stringValue())
        .contains("answered 500");
    assertThat(client.get("/actuator/health/quorum").statusCode()).isEqualTo(503);
    assertThat(client.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
    assertThat(client.get("/readyz").statusCode()).isEqualTo(200);
    assertThat(client.get("/actuator/health").statusCode()).isEqualTo(200);
    first.heal();
    second.heal();
    await().until(() -> client.add("{\"data\":\"again\"}").statusCode() == 200);
    assertThat(client.get("/actuator/health/quorum").statusCode()).isEqualTo(200);
  }

  @Test
  void listsWhatItServes() {
    assertThat(client.data("/").toString())
        .contains("\"/add\"")
        .contains("\"/messages/{index}/trace\"")
        .contains("\"/cluster/adopt\"");
  }
}
