package io.replog.master.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.model.FsyncMode;
import io.replog.model.ReplicaState;
import io.replog.model.ReplicaStatus;
import io.replog.model.Standing;
import io.replog.node.faults.InjectedFaults;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.MemberRole;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// One follower as the master sees it. The key order is part of the contract.
///
/// @param node its name
/// @param url where the master reaches it
/// @param status whether it answers heartbeats
/// @param state how far it is
/// @param matchIndex highest index proven durable there
/// @param lag entries of the master's log that it has not acknowledged
/// @param roundTripMillis of the last answered heartbeat, null before the first
/// @param lastContactMillis since its last answer, null before the first
/// @param delayMillis its artificial delay, null before it told
/// @param fsync when it forces, null before it told
/// @param lastError what went wrong last, null when nothing does
/// @param nextAttemptMillis until the next retry, null when none waits
/// @param role what it is while it joins or leaves and does not count; null and left out for a
///   member
/// @param injected the faults injected there, null and left out when none are known
@JsonPropertyOrder({
  "node",
  "url",
  "status",
  "state",
  "match_index",
  "lag",
  "round_trip_ms",
  "last_contact_ms",
  "delay_ms",
  "fsync",
  "last_error",
  "next_attempt_ms",
  "role",
  "injected_faults"
})
public record FollowerHealth(
    @JsonProperty("node") String node,
    @JsonProperty("url") String url,
    @JsonProperty("status") ReplicaStatus status,
    @JsonProperty("state") ReplicaState state,
    @JsonProperty("match_index") long matchIndex,
    @JsonProperty("lag") long lag,
    @JsonProperty("round_trip_ms") @Nullable Long roundTripMillis,
    @JsonProperty("last_contact_ms") @Nullable Long lastContactMillis,
    @JsonProperty("delay_ms") @Nullable Long delayMillis,
    @JsonProperty("fsync") @Nullable FsyncMode fsync,
    @JsonProperty("last_error") @Nullable String lastError,
    @JsonProperty("next_attempt_ms") @Nullable Long nextAttemptMillis,
    @JsonProperty("role") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable MemberRole role,
    @JsonProperty("injected_faults") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable InjectedFaults injected) {

  static FollowerHealth of(MasterView.FollowerView view, @Nullable InjectedFaults injected) {
    Standing standing = view.standing();
    return new FollowerHealth(
        view.name(),
        view.member().url(),
        view.status(),
        view.state(),
        view.matchIndex(),
        view.lag(),
        millis(view.roundTripNanos()),
        millis(view.lastContactNanos()),
        standing == null ? null : standing.delayMillis(),
        standing == null ? null : standing.fsync(),
        view.lastError(),
        millis(view.nextAttemptNanos()),
        view.isMember() ? null : view.role(),
        injected);
  }

  private static @Nullable Long millis(long nanos) {
    return nanos < 0 ? null : TimeUnit.NANOSECONDS.toMillis(nanos);
  }
}
