package io.replog.master.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.events.OpenAdds;
import io.replog.master.members.Members;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.replication.master.MasterEvent;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TraceRingTest {

  private static final NodeSettings SETTINGS =
      SettingsReader.read(
          Role.MASTER, Map.of("FOLLOWERS", "follower-1=http://a:1,follower-2=http://b:2"));
  private static final long START = System.nanoTime();

  private final OpenAdds open = new OpenAdds();
  private final Attempts attempts = new Attempts();
  private final WrittenMoments written = new WrittenMoments();
  private final TraceRing ring = new TraceRing(open, attempts, written, new Members(SETTINGS));

  private static long at(long millis) {
    return START + TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private void append(long index, long millis) {
    ring.happened(new MasterEvent.Appended(index, index, 2, null, 1), at(millis));
  }

  @Test
  void followsOneMessageThroughEverything() {
    open.opened(7, new OpenAdds.Received(at(0), "m", null));

    append(7, 1);
    ring.happened(new MasterEvent.BecameDurable(7, 7), at(2));
    ring.happened(new MasterEvent.Sent("follower-1", 7, 7, 1), at(3));
    ring.happened(new MasterEvent.Sent("follower-2", 7, 7, 1), at(3));
    ring.happened(new MasterEvent.Sent("follower-2", 7, 7, 2), at(4));
    ring.happened(new MasterEvent.FollowerAcknowledged("follower-2", 7, 7, 0), at(5));
    ring.happened(new MasterEvent.Released(7, 7, 2, 2, 0), at(6));

    TraceAnswer trace = ring.answer(ring.copyOf(7));
    assertThat(trace.received().millis()).isZero();
    assertThat(trace.appended().millis()).isEqualTo(1);
    assertThat(trace.durable().millis()).isEqualTo(2);
    assertThat(trace.followers().get(0).attempts()).isEqualTo(1);
    assertThat(trace.followers().get(0).acknowledged()).isNull();
    assertThat(trace.followers().get(1).attempts()).isEqualTo(2);
    assertThat(trace.followers().get(1).sent().millis()).isEqualTo(3);
    assertThat(trace.followers().get(1).acknowledged().millis()).isEqualTo(5);
    assertThat(trace.released().millis()).isEqualTo(6);
    assertThat(trace.releasedAcks()).isEqualTo(2);
  }

  @Test
  void forgetsTheOldest() {
    for (long index = 1; index <= TraceRing.CAPACITY + 1; index++) {
      append(index, index);
    }

    assertThat(ring.copyOf(1)).isNull();
    assertThat(ring.copyOf(2)).isNotNull();
    assertThat(ring.copyOf(TraceRing.CAPACITY + 1)).isNotNull();
  }

  @Test
  void knowsNothingOfWhatWasThereBefore() {
    ring.happened(new MasterEvent.Sent("follower-1", 1, 1_000_000, 1), at(0));
    append(1_000_001, 1);
    ring.happened(new MasterEvent.FollowerAcknowledged("follower-1", 1, 1_000_001, 0), at(2));

    assertThat(ring.copyOf(1_000_000)).isNull();
    assertThat(ring.answer(ring.copyOf(1_000_001)).followers().getFirst().acknowledged())
        .isNotNull();
  }
}
