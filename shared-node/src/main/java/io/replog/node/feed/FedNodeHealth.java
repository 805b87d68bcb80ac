package io.replog.node.feed;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.model.FedNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A layer node in `GET /health` of a node above it.
///
/// JSON: `{"node":"layer-1-1","url":"http://127.0.0.1:6064","feed":"every 10 messages",
/// "upstream":"follower-1","layer":1,"version":40,"behind":3,"stale_ms":120,"silent_ms":15,
/// "silent":false}`
///
/// @param node what it last said
/// @param silent whether it has said nothing for longer than it should
@JsonPropertyOrder({"node", "silent"})
public record FedNodeHealth(
    @JsonUnwrapped @JsonProperty("node") FedNode node, @JsonProperty("silent") boolean silent) {

  /// All that are remembered, null when there are none.
  public static @Nullable List<FedNodeHealth> of(FedNodes fed) {
    List<FedNodeHealth> all =
        fed.known().stream().map(node -> new FedNodeHealth(node, FedNodes.isSilent(node))).toList();
    return all.isEmpty() ? null : all;
  }
}
