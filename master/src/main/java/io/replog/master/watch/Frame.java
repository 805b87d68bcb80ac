package io.replog.master.watch;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.master.health.MasterHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What happened since the last frame, and how things stand. Lists are bounded; where there was
/// more than they hold, a count beside them says how much. Ages are in milliseconds before `at`.
///
/// @param at wall clock of the master, ISO 8601
/// @param spanMillis since the last frame
/// @param appended messages that got their index
/// @param sent which messages left for which follower
/// @param acknowledged which messages which follower proved to hold
/// @param released calls that waited for followers and were answered: their concern was met
/// @param unmet calls that were answered although it was not
/// @param blocked calls that wait for followers now, null when the core is too busy to say
/// @param latency how long adds took whose concern was met, by concern
/// @param lines what the log of the node would say, line by line
/// @param health the same as `data` of `GET /health`
@JsonPropertyOrder({
  "at",
  "span_ms",
  "appended",
  "sent",
  "acknowledged",
  "released",
  "unmet",
  "blocked",
  "latency",
  "lines",
  "health"
})
record Frame(
    @JsonProperty("at") String at,
    @JsonProperty("span_ms") long spanMillis,
    @JsonProperty("appended") Appended appended,
    @JsonProperty("sent") List<Passage> sent,
    @JsonProperty("acknowledged") List<Passage> acknowledged,
    @JsonProperty("released") Answers released,
    @JsonProperty("unmet") Answers unmet,
    @JsonProperty("blocked") @Nullable Blocked blocked,
    @JsonProperty("latency") List<Latency> latency,
    @JsonProperty("lines") Lines lines,
    @JsonProperty("health") MasterHealth health) {

  Frame {
    sent = List.copyOf(sent);
    acknowledged = List.copyOf(acknowledged);
    latency = List.copyOf(latency);
  }

  /// Messages that got their index.
  ///
  /// @param count how many there were
  /// @param fromIndex the first, 0 for none
  /// @param toIndex the last, 0 for none
  /// @param newest the newest of them
  @JsonPropertyOrder({"count", "from_index", "to_index", "newest"})
  record Appended(
      @JsonProperty("count") long count,
      @JsonProperty("from_index") long fromIndex,
      @JsonProperty("to_index") long toIndex,
      @JsonProperty("newest") List<Message> newest) {

    Appended {
      newest = List.copyOf(newest);
    }
  }

  /// A message that got its index.
  ///
  /// @param index its index
  /// @param writeConcern nodes that were asked for
  /// @param text the beginning of it, null where it is not known here: `GET /messages` has it
  /// @param ageMillis how long ago
  @JsonPropertyOrder({"index", "write_concern", "text", "age_ms"})
  record Message(
      @JsonProperty("index") long index,
      @JsonProperty("write_concern") int writeConcern,
      @JsonProperty("text") @Nullable String text,
      @JsonProperty("age_ms") long ageMillis) {}

  /// Messages on their way to a follower, or proved to be there.
  ///
  /// @param node name of the follower
  /// @param fromIndex the first
  /// @param toIndex the last
  /// @param afterMillis from the append of the last one to its proof, null where that is not known
  @JsonPropertyOrder({"node", "from_index", "to_index", "after_ms"})
  record Passage(
      @JsonProperty("node") String node,
      @JsonProperty("from_index") long fromIndex,
      @JsonProperty("to_index") long toIndex,
      @JsonProperty("after_ms") @Nullable Long afterMillis) {}

  /// Calls that were answered.
  ///
  /// @param count how many there were
  /// @param newest the newest of them
  @JsonPropertyOrder({"count", "newest"})
  record Answers(@JsonProperty("count") long count, @JsonProperty("newest") List<Answer> newest) {

    Answers {
      newest = List.copyOf(newest);
    }
  }

  /// A call that was answered.
  ///
  /// @param index index of its message
  /// @param writeConcern nodes that were asked for
  /// @param acks nodes that held it then
  /// @param reason why the concern was not met, null when it was
  /// @param afterMillis how long the call waited
  @JsonPropertyOrder({"index", "write_concern", "acks", "reason", "after_ms"})
  record Answer(
      @JsonProperty("index") long index,
      @JsonProperty("write_concern") int writeConcern,
      @JsonProperty("acks") int acks,
      @JsonProperty("reason") @Nullable String reason,
      @JsonProperty("after_ms") long afterMillis) {}

  /// Calls that wait.
  ///
  /// @param count how many wait
  /// @param oldest those of the lowest indexes
  @JsonPropertyOrder({"count", "oldest"})
  record Blocked(
      @JsonProperty("count") int count, @JsonProperty("oldest") List<BlockedAdd> oldest) {

    Blocked {
      oldest = List.copyOf(oldest);
    }
  }

  /// A call that waits.
  ///
  /// @param index index of its message
  /// @param writeConcern nodes that were asked for
  /// @param ageMillis how long it has waited
  @JsonPropertyOrder({"index", "write_concern", "age_ms"})
  record BlockedAdd(
      @JsonProperty("index") long index,
      @JsonProperty("write_concern") int writeConcern,
      @JsonProperty("age_ms") long ageMillis) {}

  /// How long adds took.
  ///
  /// @param writeConcern nodes that were asked for
  /// @param count adds since the last frame
  /// @param meanMillis from the request to the answer
  @JsonPropertyOrder({"write_concern", "count", "mean_ms"})
  record Latency(
      @JsonProperty("write_concern") int writeConcern,
      @JsonProperty("count") long count,
      @JsonProperty("mean_ms") double meanMillis) {}

  /// What the log of the node would say.
  ///
  /// @param written the lines
  /// @param skipped lines that found no room here
  @JsonPropertyOrder({"written", "skipped"})
  record Lines(@JsonProperty("written") List<Line> written, @JsonProperty("skipped") long skipped) {

    Lines {
      written = List.copyOf(written);
    }
  }

  /// A line.
  ///
  /// @param level `INFO` or `WARN`
  /// @param kind a word of a small fixed set, such as `appended`
  /// @param line the words
  @JsonPropertyOrder({"level", "kind", "line"})
  record Line(
      @JsonProperty("level") String level,
      @JsonProperty("kind") String kind,
      @JsonProperty("line") String line) {}
}
