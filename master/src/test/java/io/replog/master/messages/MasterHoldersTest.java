package io.replog.master.messages;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.cluster.MasterCalls;
import io.replog.master.kit.TestClient;
import io.replog.master.kit.TestFollower;
import io.replog.master.kit.TestMaster;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Calls that wait for holders of a message are bounded.
class MasterHoldersTest {

  private static final int MOST = 2_000;
  private static final String WAIT = "/messages/1?wait_acks=2&wait_ms=300";

  @Test
  void refusesAWaiterTooManyAndTakesItWhenOneHasLeft(@TempDir Path data) {
    try (TestFollower follower = new TestFollower("follower-1");
        TestMaster master = TestMaster.start(data, List.of(follower));
        TestClient client = new TestClient(master)) {
      follower.answerBatches(aResponse().withStatus(500));
      client.add("{\"data\":\"m\",\"write_concern\":1}");
      MasterCalls calls = master.bean(MasterCalls.class);
      List<Long> waiting =
          IntStream.range(0, MOST).mapToObj(_ -> calls.waits().open().number()).toList();

      HttpResponse<String> oneTooMany = client.get(WAIT);
      HttpResponse<String> whoDoesNotWait = client.get("/messages/1");
      calls.waits().forget(waiting.getFirst());
      HttpResponse<String> last = client.get(WAIT);

      assertThat(oneTooMany.statusCode()).isEqualTo(503);
      assertThat(oneTooMany.body()).contains("TOO_MANY_WAITERS");
      assertThat(oneTooMany.headers().firstValue("Retry-After")).contains("1");
      assertThat(whoDoesNotWait.statusCode()).isEqualTo(200);
      assertThat(last.statusCode()).isEqualTo(200);
      assertThat(calls.waits().size()).isEqualTo(MOST - 1);
    }
  }
}
