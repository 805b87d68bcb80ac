package io.replog.master.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.events.OpenAdds;
import io.replog.master.members.Members;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.replication.master.MasterEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PickedTracesTest {

  private static final String SAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
  private static final String UNSAMPLED = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final OpenAdds open = new OpenAdds();
  private final AtomicInteger lost = new AtomicInteger();
  private final TraceRing ring = ring();
  private final PickedTraces picked = new PickedTraces(open, ring, lost::addAndGet);

  private TraceRing ring() {
    NodeSettings settings =
        SettingsReader.read(Role.MASTER, Map.of("FOLLOWERS", "follower-1=http://127.0.0.1:6062"));
    return new TraceRing(open, new Attempts(), new WrittenMoments(), new Members(settings));
  }

  private void append(long index, String traceparent, long now) {
    open.opened(index, new OpenAdds.Received(now, "m", traceparent));
    tell(new MasterEvent.Appended(index, index, 1, null, 1), now);
    open.closed(index);
  }

  private void tell(MasterEvent event, long now) {
    ring.happened(event, now);
    picked.happened(event, now);
  }

  private void finish(long from, long to) {
    tell(new MasterEvent.BecameDurable(from, to), SECOND);
    tell(new MasterEvent.FollowerAcknowledged("follower-1", from, to, 1), SECOND);
  }

  @Test
  void givesOutWhatEveryNodeHoldsOnce() {
    append(1, SAMPLED, 0);
    assertThat(picked.takeOver(SECOND)).isEmpty();
    tell(new MasterEvent.BecameDurable(1, 1), SECOND);
    assertThat(picked.takeOver(SECOND)).isEmpty();

    finish(1, 1);

    assertThat(picked.takeOver(SECOND)).extracting(trace -> trace.index).containsExactly(1L);
    assertThat(picked.takeOver(SECOND)).isEmpty();
  }

  @Test
  void givesOutAfterHalfAMinuteWhatIsNotComplete() {
    append(1, SAMPLED, 0);

    assertThat(picked.takeOver(30 * SECOND - 1)).isEmpty();
    assertThat(picked.takeOver(30 * SECOND)).hasSize(1);
  }

  @Test
  void picksAllThatAreRecordedAndTenASecondOfTheOthers() {
    for (int index = 1; index <= 100; index++) {
      append(index, index % 2 == 0 ? SAMPLED : null, index);
    }
    for (int index = 101; index <= 120; index++) {
      append(index, UNSAMPLED, index);
    }
    append(121, null, SECOND + 1);
    finish(1, 121);

    assertThat(picked.takeOver(SECOND)).hasSize(50 + PickedTraces.OWN_PER_SECOND + 1);
    assertThat(lost).hasValue(0);
  }

  @Test
  void countsWhatFindsNoRoom() {
    for (int index = 1; index <= PickedTraces.MAX_WAITING + 7; index++) {
      append(index, SAMPLED, index);
    }
    finish(1, PickedTraces.MAX_WAITING + 7);

    assertThat(lost).hasValue(7);
    assertThat(picked.takeOver(SECOND)).hasSize(PickedTraces.MAX_WAITING);
  }

  @Test
  void countsWhatWasForgottenMeanwhile() {
    append(1, SAMPLED, 0);
    for (int index = 2; index <= TraceRing.CAPACITY + 1; index++) {
      append(index, UNSAMPLED, index);
    }

    assertThat(picked.takeOver(SECOND)).isEmpty();
    assertThat(lost).hasValue(1);
  }

  @Test
  void picksTheLastMessageOfEachChunkOfABulkAdd() {
    for (int chunk = 0; chunk < 3; chunk++) {
      open.opened(chunk, new OpenAdds.Received(0, null, SAMPLED));
      tell(new MasterEvent.AppendedAll(chunk * 100L + 1, chunk * 100L + 100, chunk, 1), 0);
      open.closed(chunk);
    }
    finish(1, 300);

    assertThat(picked.takeOver(SECOND))
        .extracting(trace -> trace.index)
        .containsExactly(100L, 200L, 300L);
  }

  @Test
  void countsWhatIsGivenOutTooLate() throws Exception {
    append(1, SAMPLED, 0);
    append(2, SAMPLED, 0);
    finish(1, 2);
    CompletableFuture<List<Trace>> asked = new CompletableFuture<>();

    assertThat(picked.taken(asked, Duration.ZERO)).isEmpty();
    assertThat(lost).hasValue(0);
    asked.complete(picked.takeOver(SECOND));

    assertThat(lost).hasValue(2);
  }

  @Test
  void losesNothingToACoreThatHasEnded() throws Exception {
    append(1, SAMPLED, 0);
    finish(1, 1);

    assertThat(picked.taken(CompletableFuture.failedFuture(new IllegalStateException()), PATIENCE))
        .isEmpty();

    assertThat(picked.taken(CompletableFuture.completedFuture(picked.takeOver(SECOND)), PATIENCE))
        .hasSize(1);
    assertThat(lost).hasValue(0);
  }
}
