package io.replog.follower.replicate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Position;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import io.replog.node.problem.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The body of `POST /replicate` in either form: `data` for the plain one, the fields of
/// [ReplicateRequest] for the one of a master.
///
/// @param data the plain form, null in that of a master
/// @see ReplicateRequest
record ReplicateBody(
    @JsonProperty("data") @Nullable PlainMessage data,
    @JsonProperty("cluster_id") @Nullable String clusterId,
    @JsonProperty("log_id") @Nullable String logId,
    @JsonProperty("epoch") @Nullable Long epoch,
    @JsonProperty("start_id") @Nullable String startId,
    @JsonProperty("previous") @Nullable Position previous,
    @JsonProperty("entries") @Nullable List<@Nullable WireEntry> entries,
    @JsonProperty("durable_index") @Nullable Long durableIndex,
    @JsonProperty("commit_index") @Nullable Long commitIndex) {

  /// The plain form: `{"text":"m4","sequence_id":4}`.
  ///
  /// @param text the message
  /// @param sequenceId its index
  record PlainMessage(
      @JsonProperty("text") @Nullable String text,
      @JsonProperty("sequence_id") @Nullable Long sequenceId) {}

  /// Whether this is the plain form.
  boolean isPlain() {
    return data != null;
  }

  /// The form of a master, complete and within its ranges.
  ReplicateRequest fromMaster() {
    return new ReplicateRequest(
        required("cluster_id", clusterId),
        required("log_id", logId),
        atLeast("epoch", 1, required("epoch", epoch)),
        required("start_id", startId),
        position(required("previous", previous)),
        required("entries", entries).stream().map(ReplicateBody::entry).toList(),
        atLeast("durable_index", 0, durableIndex == null ? 0 : durableIndex),
        atLeast("commit_index", 0, commitIndex == null ? 0 : commitIndex));
  }

  private static Position position(Position previous) {
    atLeast("previous.index", 0, previous.index());
    atLeast("previous.epoch", 0, previous.epoch());
    if (previous.index() == 0 && !previous.equals(Position.START)) {
      throw Refusal.badRequest("previous.index is 0, then epoch and chain must be 0 too");
    }
    return previous;
  }

  private static WireEntry entry(@Nullable WireEntry sent) {
    WireEntry entry = required("an entry", sent);
    atLeast("the epoch of an entry", 0, entry.epoch());
    return entry;
  }

  static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw Refusal.badRequest(field + " is missing");
    }
    return value;
  }

  static long atLeast(String field, long least, long value) {
    if (value < least) {
      throw Refusal.badRequest(
          "%s is %d, it must be an integer of at least %d".formatted(field, value, least));
    }
    return value;
  }
}
