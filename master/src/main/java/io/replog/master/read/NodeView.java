package io.replog.master.read;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.node.messages.FullRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one node says of the page.
///
/// @param node its name
/// @param answered whether it has said what it holds
/// @param error why not, null when it has
/// @param tooLarge whether that is for the size of the page: a smaller one would be answered
/// @param tookMillis until it answered, or was given up
/// @param messages what it holds of the page; empty also when it has not answered
@JsonPropertyOrder({"node", "answered", "error", "too_large", "took_ms", "messages"})
record NodeView(
    @JsonProperty("node") String node,
    @JsonProperty("answered") boolean answered,
    @JsonProperty("error") @Nullable String error,
    @JsonProperty("too_large") boolean tooLarge,
    @JsonProperty("took_ms") double tookMillis,
    @JsonProperty("messages") List<FullRecord> messages) {

  NodeView {
    messages = List.copyOf(messages);
  }

  static NodeView held(String node, long sinceNanos, List<FullRecord> messages) {
    return new NodeView(node, true, null, false, millisSince(sinceNanos), messages);
  }

  static NodeView silent(String node, long sinceNanos, String error) {
    return new NodeView(node, false, error, false, millisSince(sinceNanos), List.of());
  }

  static NodeView tooLarge(String node, long sinceNanos, String error) {
    return new NodeView(node, false, error, true, millisSince(sinceNanos), List.of());
  }

  private static double millisSince(long nanos) {
    return Math.round((System.nanoTime() - nanos) / 1e3) / 1e3;
  }
}
