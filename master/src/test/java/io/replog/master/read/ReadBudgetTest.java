package io.replog.master.read;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ReadBudgetTest {

  private TestFollower follower;
  private TestMaster master;
  private TestClient client;

  @BeforeEach
  void start(@TempDir Path data) {
    follower = new TestFollower("follower-1");
    master = TestMaster.start(data.resolve("master"), List.of(follower));
    client = new TestClient(master);
  }

  @AfterEach
  void stop() {
    client.close();
    master.close();
    follower.close();
  }

  @Test
  void sharesOneBudgetAmongReadsAndNodes() {
    assertThat(ClusterReads.maxAnswerBytes(2, 1_000)).isEqualTo(2 << 20);
    assertThat(ClusterReads.maxAnswerBytes(4, 1_000)).isEqualTo(1 << 20);
  }

  @Test
  void hasRoomForTheLargestMessageInALargeCluster() {
    assertThat(ClusterReads.maxAnswerBytes(64, 1 << 20)).isGreaterThan(1 << 20);
  }

  @Test
  void namesTheLimitWhenThePageIsTooLarge() {
    String large = "é".repeat(400_000);
    for (int i = 0; i < 3; i++) {
      client.add("{\"data\":\"%s\",\"write_concern\":2}".formatted(large));
    }

    JsonNode refused = client.json(client.get("/cluster/messages?wait_ms=10000"));
    JsonNode all = client.json(client.get("/cluster/messages?read=all&nodes=master"));
    JsonNode smaller = client.data("/cluster/messages?limit=1&wait_ms=10000");

    assertThat(refused.get("status_code").intValue()).isEqualTo(400);
    assertThat(refused.get("message").stringValue())
        .isEqualTo(
            "limit is 100, and so many messages from 1 on have more than 2097152 bytes: ask for"
                + " fewer");
    assertThat(refused.get("data").get("reason").stringValue()).isEqualTo("PAGE_TOO_LARGE");
    assertThat(all.get("status_code").intValue()).isEqualTo(400);
    assertThat(smaller.get("messages").get(0).get("text").stringValue()).isEqualTo(large);
  }

  @Test
  void saysThatTheAnswerOfAFollowerIsTooLarge() {
    client.add("{\"data\":\"small\"}");
    follower.answerReads(aResponse().withBody("x".repeat((2 << 20) + 1)));

    JsonNode alone =
        client.json(client.get("/cluster/messages?read=all&nodes=follower-1&wait_ms=10000"));
    JsonNode beside = client.data("/cluster/messages?read=all&wait_ms=10000");

    assertThat(alone.get("data").get("reason").stringValue()).isEqualTo("PAGE_TOO_LARGE");
    JsonNode view = beside.get("views").get(1);
    assertThat(view.get("too_large").booleanValue()).isTrue();
    assertThat(view.get("error").stringValue()).isEqualTo("the answer has more than 2097152 bytes");
  }

  @Test
  void keepsThePlaceOfAReadUntilItsLastNodeIsDone() {
    follower.answerReads(aResponse().withFixedDelay(60_000));
    for (int i = 0; i < 4; i++) {
      assertThat(client.get("/cluster/messages?read=first&wait_ms=10000").statusCode())
          .isEqualTo(200);
    }

    JsonNode refused = client.json(client.get("/cluster/messages?read=first&wait_ms=1"));

    assertThat(refused.get("data").get("reason").stringValue()).isEqualTo("TOO_MANY_READERS");
  }
}
