package io.replog.master.trace;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The course of one message. Every moment is one of the master's clock; one that has not come, or
/// is not known, is null.
///
/// JSON:
/// `{"index":7,"write_concern":2,"traceparent":null,"received":{"at":"2026-11-20T19:30:00.123Z",
/// "ms":0.0},"appended":{"at":…,"ms":0.1},"written":…,"durable":…,"followers":[{"node":"follower-1",
/// "attempts":1,"sent":…,"acknowledged":…,"tries":[…]}],"released":…,"released_acks":2}`
///
/// @param index where the message is
/// @param writeConcern nodes that were asked for
/// @param traceparent W3C trace context that the message came with
/// @param received when the call was read
/// @param appended when it got its index and went to the log writer
/// @param written when it was in the file and its force began
/// @param durable when this node held it durably
/// @param followers each follower in the order of the settings
/// @param released when the call that waited for followers was answered
/// @param releasedAcks how many nodes held it then
@JsonPropertyOrder({
  "index",
  "write_concern",
  "traceparent",
  "received",
  "appended",
  "written",
  "durable",
  "followers",
  "released",
  "released_acks"
})
public record TraceAnswer(
    @JsonProperty("index") long index,
    @JsonProperty("write_concern") int writeConcern,
    @JsonProperty("traceparent") @Nullable String traceparent,
    @JsonProperty("received") @Nullable Moment received,
    @JsonProperty("appended") @Nullable Moment appended,
    @JsonProperty("written") @Nullable Moment written,
    @JsonProperty("durable") @Nullable Moment durable,
    @JsonProperty("followers") List<OnFollower> followers,
    @JsonProperty("released") @Nullable Moment released,
    @JsonProperty("released_acks") @Nullable Integer releasedAcks) {

  public TraceAnswer {
    followers = List.copyOf(followers);
  }

  /// A point in time.
  ///
  /// @param at wall clock of the master, ISO 8601
  /// @param millis since the call was received, milliseconds
  @JsonPropertyOrder({"at", "ms"})
  public record Moment(@JsonProperty("at") String at, @JsonProperty("ms") double millis) {}

  /// The course on the way to one follower.
  ///
  /// @param node name of the follower
  /// @param attempts how often it was sent
  /// @param sent when it left for the first time
  /// @param acknowledged when the follower's proof came back
  /// @param tries the last 32 sendings that carried it, and the probes in between, in the order in
  ///   which they left
  @JsonPropertyOrder({"node", "attempts", "sent", "acknowledged", "tries"})
  public record OnFollower(
      @JsonProperty("node") String node,
      @JsonProperty("attempts") int attempts,
      @JsonProperty("sent") @Nullable Moment sent,
      @JsonProperty("acknowledged") @Nullable Moment acknowledged,
      @JsonProperty("tries") List<Try> tries) {

    public OnFollower {
      tries = List.copyOf(tries);
    }
  }

  /// One sending.
  ///
  /// @param probe whether it carried nothing, and only asked whether the follower takes something
  ///   again
  /// @param sent when it left
  /// @param ended when its answer was there, or it was given up
  /// @param error why it was not acknowledged
  /// @param backOffMillis from its end until the next one left
  /// @param traceparent what was sent along
  /// @param there what the follower has told of it
  @JsonPropertyOrder({"probe", "sent", "ended", "error", "back_off_ms", "traceparent", "there"})
  public record Try(
      @JsonProperty("probe") boolean probe,
      @JsonProperty("sent") @Nullable Moment sent,
      @JsonProperty("ended") @Nullable Moment ended,
      @JsonProperty("error") @Nullable String error,
      @JsonProperty("back_off_ms") @Nullable Double backOffMillis,
      @JsonProperty("traceparent") @Nullable String traceparent,
      @JsonProperty("there") @Nullable There there) {}

  /// The course at the follower. It measures two durations, by its own clock. The rest of the time
  /// between sending and answer was the way; where it was on the way at which moment nobody knows,
  /// so half of it is put before and half behind, and `plus_minus_ms` says by how much the three
  /// moments may be wrong.
  ///
  /// @param received when it arrived
  /// @param appended when its delay was over and it went to the follower's log
  /// @param durable when the follower held it durably
  /// @param heldMillis measured there: how long it waited, for the artificial delay as a rule
  /// @param forcedMillis measured there: how long writing and forcing took
  /// @param plusMinusMillis half of the time on the way
  @JsonPropertyOrder({"received", "appended", "durable", "held_ms", "forced_ms", "plus_minus_ms"})
  public record There(
      @JsonProperty("received") @Nullable Moment received,
      @JsonProperty("appended") @Nullable Moment appended,
      @JsonProperty("durable") @Nullable Moment durable,
      @JsonProperty("held_ms") double heldMillis,
      @JsonProperty("forced_ms") double forcedMillis,
      @JsonProperty("plus_minus_ms") double plusMinusMillis) {}
}
