package io.replog.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where a follower stands. Part of every answer it gives to a master, good or bad.
///
/// In the answer to a replicate request, `position` is an acknowledgement: everything up to it is
/// durable and contiguous on that node. In the answer to a heartbeat it is a hint.
///
/// JSON: `{"node":"follower-1","incarnation":"5f…","log_id":"9c…","promised_epoch":3,
/// "position":{"index":7,"epoch":3,"chain":"00f3a91c55d2e7b4"},"delay_ms":5000,"fsync":"always","fault":null,
/// "error":null}`
///
/// @param node name of the follower
/// @param incarnation identity of its data directory; a wiped disk is a new one
/// @param logId the log it holds or has promised to hold, null when none
/// @param promisedEpoch highest epoch promised on its disk, 0 when none
/// @param position end of its durable, gap-free prefix
/// @param delayMillis artificial delay before each append, milliseconds, 0 for none
/// @param fsync when it forces
/// @param fault why it acknowledges nothing, null when it does
/// @param error the fault in words, null when there is none
/// @param times how long the batch that this acknowledges took, null and left out in every other
///   answer, and where the batch held nothing new
/// @param fed the layer nodes below this follower, in the answer to a heartbeat only; null and left
///   out when there are none
public record Standing(
    @JsonProperty(value = "node", required = true) String node,
    @JsonProperty(value = "incarnation", required = true) String incarnation,
    @JsonProperty("log_id") @Nullable String logId,
    @JsonProperty("promised_epoch") long promisedEpoch,
    @JsonProperty(value = "position", required = true) Position position,
    @JsonProperty("delay_ms") long delayMillis,
    @JsonProperty(value = "fsync", required = true) FsyncMode fsync,
    @JsonProperty("fault") @Nullable FollowerFault fault,
    @JsonProperty("error") @Nullable String error,
    @JsonProperty("times") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BatchTimes times,
    @JsonProperty("fed") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable List<FedNode> fed) {

  public Standing {
    fed = fed == null ? null : List.copyOf(fed);
  }

  /// One that says nothing of layer nodes.
  public Standing(
      String node,
      String incarnation,
      @Nullable String logId,
      long promisedEpoch,
      Position position,
      long delayMillis,
      FsyncMode fsync,
      @Nullable FollowerFault fault,
      @Nullable String error,
      @Nullable BatchTimes times) {
    this(
        node,
        incarnation,
        logId,
        promisedEpoch,
        position,
        delayMillis,
        fsync,
        fault,
        error,
        times,
        null);
  }

  /// One that says nothing of a batch.
  public Standing(
      String node,
      String incarnation,
      @Nullable String logId,
      long promisedEpoch,
      Position position,
      long delayMillis,
      FsyncMode fsync,
      @Nullable FollowerFault fault,
      @Nullable String error) {
    this(node, incarnation, logId, promisedEpoch, position, delayMillis, fsync, fault, error, null);
  }

  /// The same with the times of a batch.
  public Standing with(@Nullable BatchTimes batch) {
    return batch == null ? this : saying(error, batch, fed);
  }

  /// The same with the layer nodes below this follower.
  public Standing feeding(List<FedNode> nodes) {
    return nodes.isEmpty() ? this : saying(error, times, nodes);
  }

  /// The same with other words of what is wrong.
  public Standing explainedBy(@Nullable String words) {
    return saying(words, times, fed);
  }

  private Standing saying(
      @Nullable String words, @Nullable BatchTimes batch, @Nullable List<FedNode> nodes) {
    return new Standing(
        node,
        incarnation,
        logId,
        promisedEpoch,
        position,
        delayMillis,
        fsync,
        fault,
        words,
        batch,
        nodes);
  }

  /// Whether it holds at least one entry.
  public boolean holdsEntries() {
    return position.index() > 0;
  }
}
