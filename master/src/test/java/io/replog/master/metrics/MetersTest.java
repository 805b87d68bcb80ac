package io.replog.master.metrics;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.replog.master.kit.Eventually.await;
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

class MetersTest {

  @TempDir Path data;

  private final TestFollower first = new TestFollower("follower-1");
  private final TestFollower second = new TestFollower("follower-2");
  private TestMaster master;
  private TestClient client;

  @BeforeEach
  void start() {
    master = TestMaster.start(data, List.of(first, second));
    client = new TestClient(master);
  }

  @AfterEach
  void stop() {
    client.close();
    master.close();
    first.close();
    second.close();
  }

  private double value(String sample) {
    return client
        .get("/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(sample + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(sample.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(sample + " is not exposed"));
  }

  @Test
  void tellsHowOldTheOldestUnacknowledgedMessageIs() {
    String lag = "replog_follower_lag_seconds{follower=\"follower-2\"}";
    client.add("{\"data\":\"m1\",\"write_concern\":3}");
    await().until(() -> value(lag) == 0);
    second.answerBatches(aResponse().withStatus(500));

    client.add("{\"data\":\"m2\",\"write_concern\":2}");

    await().until(() -> value(lag) >= 0.5);
    await().until(() -> value("replog_follower_lag_seconds{follower=\"follower-1\"}") == 0);
    assertThat(value("replog_follower_lag_entries{follower=\"follower-2\"}")).isEqualTo(1);
    second.heal();
    await().until(() -> value(lag) == 0);
  }

  @Test
  void countsConcernsThatWereNotMetInTime() {
    String unmet = "replog_unmet_concerns_total{reason=\"pending\"}";
    String retries = "replog_follower_retries_total{follower=\"follower-2\",reason=\"status\"}";
    second.answerBatches(aResponse().withStatus(500));
    assertThat(value(unmet)).isZero();

    client.add("{\"data\":\"m\",\"write_concern\":3,\"timeout_ms\":50}");

    await().until(() -> value(unmet) == 1);
    await().untilAsserted(() -> assertThat(value(retries)).isPositive());
  }

  @Test
  void tellsWhetherAMajorityIsReached() {
    await().until(() -> value("replog_reachable_nodes") == 3);
    assertThat(value("replog_nodes")).isEqualTo(3);
    assertThat(value("replog_quorum")).isEqualTo(1);

    first.answerEverything(aResponse().withStatus(500));
    second.answerEverything(aResponse().withStatus(500));

    await().until(() -> value("replog_quorum") == 0);
    assertThat(value("replog_reachable_nodes")).isEqualTo(1);
  }
}
