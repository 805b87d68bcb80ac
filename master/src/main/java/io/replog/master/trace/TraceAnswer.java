package io.replog.master.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of one message, as the master knows it. A moment that has not come is null.
///
/// JSON: `{"index":7,"write_concern":2,"received":{"at":"2026-11-20T19:30:00.123Z","ms":0.0},
/// "appended":{"at":…,"ms":0.1},"durable":…,"followers":[{"node":"follower-1","attempts":1,"sent":…,
/// "acknowledged":…}],"released":…,"released_acks":2}`
///
/// @param index where the message is
/// @param writeConcern nodes that were asked for
/// @param received when the call was read
/// @param appended when it got its index
/// @param durable when this node held it durably
/// @param followers each follower in the order of the settings
/// @param released when the call that waited for followers was answered
/// @param releasedAcks how many nodes held it then
@JsonPropertyOrder({
  "index",
  "write_concern",
  "received",
  "appended",
  "durable",
  "followers",
  "released",
  "released_acks"
})
record TraceAnswer(
    @JsonProperty("index") long index,
    @JsonProperty("write_concern") int writeConcern,
    @JsonProperty("received") @Nullable Moment received,
    @JsonProperty("appended") @Nullable Moment appended,
    @JsonProperty("durable") @Nullable Moment durable,
    @JsonProperty("followers") List<OnFollower> followers,
    @JsonProperty("released") @Nullable Moment released,
    @JsonProperty("released_acks") @Nullable Integer releasedAcks) {

  TraceAnswer {
    followers = List.copyOf(followers);
  }

  /// A point in time.
  ///
  /// @param at wall clock of the master, ISO 8601
  /// @param millis since the call was received, milliseconds
  @JsonPropertyOrder({"at", "ms"})
  record Moment(@JsonProperty("at") String at, @JsonProperty("ms") double millis) {}

  /// The course on the way to one follower.
  ///
  /// @param attempts how often it was sent
  /// @param sent when it left for the first time
  /// @param acknowledged when the follower's proof came back
  @JsonPropertyOrder({"node", "attempts", "sent", "acknowledged"})
  record OnFollower(
      @JsonProperty("node") String node,
      @JsonProperty("attempts") int attempts,
      @JsonProperty("sent") @Nullable Moment sent,
      @JsonProperty("acknowledged") @Nullable Moment acknowledged) {}
}
