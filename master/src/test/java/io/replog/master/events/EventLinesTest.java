package io.replog.master.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.members.Members;
import io.replog.model.ReplicaStatus;
import io.replog.node.events.EventLog;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.replication.master.AddOutcome.UnmetReason;
import io.replog.replication.master.MasterEvent;
import io.replog.replication.master.SendFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EventLinesTest {

  private final List<String> lines = new ArrayList<>();
  private final EventLines events =
      new EventLines(
          new Recorder(),
          new Members(
              SettingsReader.read(
                  Role.MASTER, Map.of("FOLLOWERS", "follower-1=http://a:1,follower-2=http://b:2"))),
          call -> call == 1 ? "hello" : null);

  private final class Recorder implements EventLog {

    @Override
    public void happened(String kind, String line) {
      lines.add(line);
    }

    @Override
    public void warn(String kind, String line) {
      lines.add("WARN " + line);
    }

    @Override
    public String text(String text) {
      return " \"" + text + "\"";
    }
  }

  private void happen(MasterEvent... all) {
    for (MasterEvent event : all) {
      events.happened(event, 0);
    }
  }

  private static long millis(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  @Test
  void tellsTheCourseOfAMessage() {
    happen(
        new MasterEvent.Appended(7, 1, 2, null, 5),
        new MasterEvent.Appended(8, 2, 1, null, 5),
        new MasterEvent.FollowerAcknowledged("follower-1", 7, 7, millis(5_003)),
        new MasterEvent.FollowerAcknowledged("follower-2", 7, 9, -1),
        new MasterEvent.Released(1, 7, 2, 2, millis(2_004)),
        new MasterEvent.Released(2, 8, 1, 1, millis(1)),
        new MasterEvent.GivenUp(1, 7, 3, 2, UnmetReason.PENDING, millis(300)));

    assertThat(lines)
        .containsExactly(
            "append #7 w=2 \"hello\"",
            "append #8 w=1",
            "follower-1 acknowledged #7 after 5003 ms",
            "follower-2 acknowledged #7..#9",
            "#7 held by 2 of 3, w=2 met after 2004 ms",
            "WARN #7 held by 2 of 3, w=3 not met after 300 ms: PENDING");
  }

  @Test
  void tellsHowFollowersAre() {
    happen(
        new MasterEvent.StatusChanged(
            "follower-2", ReplicaStatus.HEALTHY, ReplicaStatus.SUSPECTED, 3),
        new MasterEvent.StatusChanged(
            "follower-2", ReplicaStatus.SUSPECTED, ReplicaStatus.HEALTHY, 0));

    assertThat(lines).containsExactly("WARN follower-2 SUSPECTED, 3 waiting", "follower-2 HEALTHY");
  }

  @Test
  void tellsOfRetriesAtGrowingDistances() {
    for (int failures = 1; failures <= 1_000; failures++) {
      happen(
          new MasterEvent.FollowerFailed(
              "follower-2", SendFailure.UNREACHED, "connection refused", failures, millis(1_200)));
    }

    assertThat(lines).hasSize(10);
    assertThat(lines.getFirst())
        .isEqualTo("WARN follower-2 unreachable (connection refused), next attempt in 1.2 s");
    assertThat(lines.getLast()).endsWith("next attempt in 1.2 s, failed 512 times");
  }

  @Test
  void tellsAFollowerThatAnswersBadlyFromOneThatIsNotThere() {
    happen(
        new MasterEvent.FollowerFailed(
            "follower-2", SendFailure.FAILED, "answered 500", 1, millis(100)));

    assertThat(lines)
        .containsExactly("WARN follower-2 takes nothing (answered 500), next attempt in 0.1 s");
  }

  @Test
  void tellsOfEveryLoss() {
    happen(
        new MasterEvent.FollowerFailed(
            "follower-2",
            SendFailure.FAILED,
            "follower-2 lost 3 entries that it had acknowledged",
            0,
            0));

    assertThat(lines).containsExactly("WARN follower-2 lost 3 entries that it had acknowledged");
  }

  @Test
  void tellsOfQuorumLostAndFound() {
    happen(new MasterEvent.QuorumChanged(false, 1, 3), new MasterEvent.QuorumChanged(true, 2, 3));

    assertThat(lines)
        .containsExactly(
            "WARN no quorum: 1 of 3 nodes reachable, the log is read-only",
            "WARN quorum: 2 of 3 nodes are reachable, adds are accepted");
  }
}
