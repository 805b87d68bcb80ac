package io.replog.master.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FsyncMode;
import io.replog.model.Position;
import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FollowerBreakerTest {

  private static final Standing STANDING =
      new Standing("f", "i", null, 0, Position.START, 0, FsyncMode.ALWAYS, null, null);
  private static final Outcome FAILED = new Outcome.Failed(FailureKind.TIMEOUT, "late");
  private static final Outcome REFUSED = new Outcome.Refused(RefusalReason.GAP, STANDING);

  private final AtomicInteger tries = new AtomicInteger();
  private Outcome answer = FAILED;
  private final FollowerBreaker breaker =
      new FollowerBreaker(FollowerBreakers.registry().circuitBreaker("f"));

  private Outcome send() {
    return breaker.send(
        _ -> {
          tries.incrementAndGet();
          return answer;
        },
        Duration.ofSeconds(1));
  }

  private void sendTimes(int times) {
    for (int i = 0; i < times; i++) {
      send();
    }
  }

  @Test
  void opensAfterFiveFailuresAndSaysWhy() {
    sendTimes(5);

    assertThat(send())
        .isEqualTo(
            new Outcome.Failed(
                FailureKind.BREAKER_OPEN, "not tried after 5 failures in a row, the last: late"));
    assertThat(tries).hasValue(5);
  }

  @Test
  void staysClosedWhileOneInFiveGoesThrough() {
    for (int round = 0; round < 4; round++) {
      answer = FAILED;
      sendTimes(4);
      answer = new Outcome.Acknowledged(STANDING);
      send();
    }

    assertThat(tries).hasValue(20);
  }

  @Test
  void takesARefusalForAnAnswer() {
    answer = REFUSED;

    sendTimes(20);

    assertThat(tries).hasValue(20);
  }

  @Test
  void closesWithTheFirstHeartbeatThatIsAnsweredAgain() {
    sendTimes(5);
    breaker.beatMissed();

    breaker.beatAnswered();

    assertThat(send()).isEqualTo(FAILED);
    assertThat(tries).hasValue(6);
  }

  @Test
  void staysOpenWhileHeartbeatsWereNeverMissed() {
    sendTimes(5);

    breaker.beatAnswered();
    send();

    assertThat(tries).hasValue(5);
  }
}
