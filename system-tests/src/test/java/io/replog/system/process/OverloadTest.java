package io.replog.system.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.system.kit.TestCluster;
import io.replog.system.load.Rush;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Ten times the clients that a node can serve at its best: it does not lose its head, and is as
/// before when they have left. `-Dlong=true` takes a minute for each part.
class OverloadTest {

  private static final int CLIENTS = 64;
  private static final int TIMES = 10;
  private static final Duration TIME = Duration.ofSeconds(Boolean.getBoolean("long") ? 60 : 3);
  private static final double KEPT = 0.7;
  private static final int ATTEMPTS = 3;

  private final TestCluster cluster = TestCluster.running("overload", settings -> settings);
  private long acknowledged;

  @AfterEach
  void stopCluster() {
    cluster.close();
  }

  @Test
  void keepsItsThroughputAndRecovers() {
    rush(CLIENTS);
    List<Double> kept = new ArrayList<>();
    List<Double> recovered = new ArrayList<>();

    do {
      double peak = rush(CLIENTS).perSecond();
      Rush.Outcome over = rush(CLIENTS * TIMES);
      kept.add(over.perSecond() / peak);
      recovered.add(rush(CLIENTS).perSecond() / peak);
      System.out.printf("overload: peak %.0f/s, then %s%n", peak, over);
    } while (Math.min(kept.getLast(), recovered.getLast()) < KEPT && kept.size() < ATTEMPTS);

    assertThat(kept.getLast()).as("%s", kept).isGreaterThan(KEPT);
    assertThat(recovered.getLast()).as("%s", recovered).isGreaterThan(KEPT);
    cluster.awaitInSync();
    assertThat(cluster.master().health().get("last_index").asLong()).isEqualTo(acknowledged);
  }

  private Rush.Outcome rush(int clients) {
    Rush.Outcome outcome = Rush.run(cluster.master(), clients, 1, TIME);
    acknowledged += outcome.acknowledged();
    assertThat(outcome.other()).isZero();
    return outcome;
  }
}
