package io.replog.master.events;

import io.replog.master.members.Members;
import io.replog.node.events.EventLog;
import io.replog.replication.master.MasterEvent;
import io.replog.replication.master.SendFailure;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/// Turns events into lines that a person can follow.
public final class EventLines implements MasterListener {

  private final EventLog log;
  private final Members members;
  private final LongFunction<@Nullable String> textOfCall;

  /// @param textOfCall the message of an open call, null when it is not known
  public EventLines(EventLog log, Members members, LongFunction<@Nullable String> textOfCall) {
    this.log = log;
    this.members = members;
    this.textOfCall = textOfCall;
  }

  @Override
  public void happened(MasterEvent event, long nowNanos) {
    switch (event) {
      case MasterEvent.Appended appended -> appended(appended);
      case MasterEvent.AppendedAll(var from, var to, _, var nodes) ->
          log.happened("appended", () -> "append #%d..#%d w=%d".formatted(from, to, nodes));
      case MasterEvent.Replayed(var index, _) ->
          log.happened("replayed", () -> "add repeated, it is #%d".formatted(index));
      case MasterEvent.FollowerAcknowledged acknowledged -> acknowledged(acknowledged);
      case MasterEvent.FollowerFailed failed -> failed(failed);
      case MasterEvent.StatusChanged changed -> statusChanged(changed);
      case MasterEvent.StateChanged changed -> stateChanged(changed);
      case MasterEvent.IncarnationChanged(var follower, var lostIndex) ->
          log.warn(
              "incarnation",
              "%s came back with another data directory; what it held up to #%d does not count"
                  .formatted(follower, lostIndex));
      case MasterEvent.Released released -> released(released);
      case MasterEvent.GivenUp givenUp -> givenUp(givenUp);
      case MasterEvent.PhaseChanged changed -> phaseChanged(changed);
      case MasterEvent.QuorumChanged(var writable, var reachable, var size) ->
          log.warn(
              "quorum",
              writable
                  ? "quorum: %d of %d nodes are reachable, adds are accepted"
                      .formatted(reachable, size)
                  : "no quorum: %d of %d nodes reachable, the log is read-only"
                      .formatted(reachable, size));
      case MasterEvent.HoleClosed(var endIndex) ->
          log.happened("healed", "what was missing is filled in, whole up to #" + endIndex);
      case MasterEvent.MembersChanged(var index, var membership) ->
          log.happened(
              "members",
              "%s with #%d, %d nodes count now"
                  .formatted(membership.reason(), index, membership.eager().size() + 1));
      case MasterEvent.EntriesReleased(var firstIndex) ->
          log.happened("begins", () -> "the log begins at #%d now".formatted(firstIndex));
      case MasterEvent.BecameDurable _,
          MasterEvent.Sent _,
          MasterEvent.Rested _,
          MasterEvent.Committed _ -> {}
    }
  }

  private void appended(MasterEvent.Appended appended) {
    log.happened("appended", () -> appendedLine(appended));
  }

  private String appendedLine(MasterEvent.Appended appended) {
    String text = textOfCall.apply(appended.call());
    return "append #%d w=%d%s"
        .formatted(appended.index(), appended.requiredNodes(), text == null ? "" : log.text(text));
  }

  private void acknowledged(MasterEvent.FollowerAcknowledged ack) {
    log.happened("acknowledged", () -> acknowledgedLine(ack));
  }

  private static String acknowledgedLine(MasterEvent.FollowerAcknowledged ack) {
    String range =
        ack.fromIndex() == ack.toIndex()
            ? "#" + ack.toIndex()
            : "#%d..#%d".formatted(ack.fromIndex(), ack.toIndex());
    String after =
        ack.elapsedNanos() < 0 ? "" : " after %d ms".formatted(millis(ack.elapsedNanos()));
    return "%s acknowledged %s%s".formatted(ack.follower(), range, after);
  }

  /// The first failure, then the second, fourth, eighth and so on: a follower that is down for long
  /// costs fewer and fewer lines. What is no failed attempt, such as a loss, is told each time.
  private void failed(MasterEvent.FollowerFailed failed) {
    if (failed.failures() == 0) {
      log.warn("lost", failed.error());
    } else if (Integer.bitCount(failed.failures()) == 1) {
      log.warn(
          "retry",
          "%s %s (%s), next attempt in %.1f s%s"
              .formatted(
                  failed.follower(),
                  failed.kind() == SendFailure.UNREACHED ? "unreachable" : "takes nothing",
                  failed.error(),
                  failed.retryNanos() / 1e9,
                  failed.failures() == 1 ? "" : ", failed %d times".formatted(failed.failures())));
    }
  }

  private void statusChanged(MasterEvent.StatusChanged changed) {
    String waiting = changed.waiting() == 0 ? "" : ", %d waiting".formatted(changed.waiting());
    String line = "%s %s%s".formatted(changed.follower(), changed.after(), waiting);
    switch (changed.after()) {
      case HEALTHY -> log.happened("status", line);
      case SUSPECTED, UNHEALTHY -> log.warn("status", line);
    }
  }

  private void stateChanged(MasterEvent.StateChanged changed) {
    String why = changed.why() == null ? "" : ": " + changed.why();
    String line = "%s %s%s".formatted(changed.follower(), changed.after(), why);
    switch (changed.after()) {
      case IN_SYNC, CATCHING_UP -> log.happened("state", line);
      case FULL, DIVERGED, CORRUPT, OTHER_LOG -> log.warn("state", line);
    }
  }

  private void released(MasterEvent.Released released) {
    if (released.requiredNodes() > 1) {
      log.happened(
          "released",
          () ->
              "#%d held by %d of %d, w=%d met after %d ms"
                  .formatted(
                      released.index(),
                      released.acks(),
                      members.clusterSize(),
                      released.requiredNodes(),
                      millis(released.elapsedNanos())));
    }
  }

  private void givenUp(MasterEvent.GivenUp givenUp) {
    log.warn(
        "unmet",
        "#%d held by %d of %d, w=%d not met after %d ms: %s"
            .formatted(
                givenUp.index(),
                givenUp.acks(),
                members.clusterSize(),
                givenUp.requiredNodes(),
                millis(givenUp.elapsedNanos()),
                givenUp.reason()));
  }

  private void phaseChanged(MasterEvent.PhaseChanged changed) {
    String why = changed.why() == null ? "" : ": " + changed.why();
    String line = "master %s%s".formatted(changed.after(), why);
    switch (changed.after()) {
      case STARTING, SERVING, ADOPTING, STOPPED -> log.happened("phase", line);
      case NO_LOG, FENCED, CORRUPT -> log.warn("phase", line);
    }
  }

  private static long millis(long nanos) {
    return TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
