package io.replog.master.faults;

import static io.replog.master.kit.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class FaultsTest {

  private static final String[] TOKEN = {
    "Cluster-Token", TestMaster.TOKEN, "Content-Type", "application/json"
  };

  @TempDir Path data;

  private final TestFollower follower = new TestFollower("follower-1");
  private TestMaster master;
  private TestClient client;

  @BeforeEach
  void start() {
    master = TestMaster.start(data, List.of(follower), "FAULTS", "on");
    client = new TestClient(master);
  }

  @AfterEach
  void stop() {
    client.close();
    master.close();
    follower.close();
  }

  private HttpResponse<String> put(String body) {
    return client.send("PUT", "/cluster/faults/follower-1", body, TOKEN);
  }

  private JsonNode healthOfFollower() {
    return client.data("/health").get("followers").get(0);
  }

  @Test
  void injectsAtTheFollowerAndShowsIt() {
    HttpResponse<String> answer = put("{\"error_after_percent\":10,\"seed\":3}");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(follower.model().faults()).contains("\"error_after_percent\":10");
    assertThat(healthOfFollower().get("injected_faults").get("error_after_percent").intValue())
        .isEqualTo(10);
    HttpResponse<String> all = client.send("GET", "/cluster/faults", "", TOKEN);
    assertThat(all.body()).contains("\"node\":\"follower-1\"", "\"seed\":3", "\"error\":null");
    client.send("DELETE", "/cluster/faults", "", TOKEN);
    assertThat(healthOfFollower().has("injected_faults")).isFalse();
  }

  @Test
  void staysAwayFromAPartitionedFollowerUntilItIsHealed() {
    client.add("{\"data\":\"m1\",\"write_concern\":2}");
    put("{\"partition\":true}");
    await().until(() -> healthOfFollower().get("status").stringValue().equals("UNHEALTHY"));
    int batches = follower.batches();

    HttpResponse<String> unmet =
        client.add("{\"data\":\"m2\",\"write_concern\":2,\"timeout_ms\":300}");

    assertThat(unmet.statusCode()).isEqualTo(504);
    assertThat(follower.batches()).isEqualTo(batches);
    assertThat(healthOfFollower().get("last_error").stringValue()).contains("injected partition");
    client.send("DELETE", "/cluster/faults/follower-1", "", TOKEN);
    await().until(() -> follower.model().texts().equals(List.of("m1", "m2")));
  }

  @Test
  void learnsOfFaultsThatSomebodyInjectedAtTheFollowerItself() {
    follower.model().inject("{\"pause\":true}");

    await().until(() -> healthOfFollower().has("injected_faults"));

    assertThat(healthOfFollower().get("injected_faults").get("pause").booleanValue()).isTrue();
    follower.model().inject("{}");
    await().until(() -> !healthOfFollower().has("injected_faults"));
  }

  @Test
  void refusesWhoHasNoTokenWhatIsWrongAndWhomNobodyKnows() {
    HttpResponse<String> stranger =
        client.send(
            "PUT",
            "/cluster/faults/follower-1",
            "{\"pause\":true}",
            "Content-Type",
            "application/json");

    assertThat(stranger.statusCode()).isEqualTo(401);
    assertThat(put("{\"error_before_percent\":101}").statusCode()).isEqualTo(400);
    HttpResponse<String> unknown = client.send("GET", "/cluster/faults/follower-9", "", TOKEN);
    assertThat(unknown.statusCode()).isEqualTo(404);
    assertThat(unknown.body()).contains("known are: follower-1");
    assertThat(follower.model().faults()).isEqualTo("{}");
  }

  @Test
  void saysWhenTheFollowerCannotBeAsked() {
    follower.close();

    HttpResponse<String> answer = put("{\"pause\":true}");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("follower-1 cannot be asked", "UNREACHED");
    assertThat(client.send("GET", "/cluster/faults", "", TOKEN).body())
        .contains("\"faults\":null,\"error\":\"follower-1 cannot be asked");
  }

  @Test
  void injectsNothingUnlessAllowed(@TempDir Path other) {
    try (TestMaster careful = TestMaster.start(other, List.of(follower));
        TestClient asking = new TestClient(careful)) {
      for (String method : List.of("GET", "PUT", "DELETE")) {
        HttpResponse<String> answer =
            asking.send(method, "/cluster/faults/follower-1", "{\"pause\":true}", TOKEN);
        assertThat(answer.statusCode()).as(method).isEqualTo(404);
        assertThat(answer.body()).contains("FAULTS=on would allow it");
      }
      assertThat(follower.model().faults()).isEqualTo("{}");
      assertThat(asking.get("/").body()).doesNotContain("faults");
    }
  }
}
