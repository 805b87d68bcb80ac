package io.replog.follower.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.model.FollowerFault;
import io.replog.node.faults.InjectedFaults;
import io.replog.node.feed.FedNodeHealth;
import io.replog.node.health.NodeHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a follower says at `GET /health`: what every node says, and how it stands to its master.
///
/// @param node what every node says
/// @param delayMillis artificial delay before each append
/// @param delayedEntries entries waiting for it
/// @param heldEntries entries waiting ahead of a gap
/// @param fault why it acknowledges nothing, null when it does
/// @param master the master it obeys, null when none has claimed it, and on a layer node
/// @param firstIndex first index kept here
/// @param injected the faults that are injected here, null and left out when none are
/// @param layer what only a layer node says, left out on any other
/// @param layers the layer nodes below this node; null, and left out, where none is known
@JsonPropertyOrder({
  "node",
  "delay_ms",
  "delayed_entries",
  "held_entries",
  "fault",
  "master",
  "first_index",
  "injected_faults",
  "layer_node",
  "layers"
})
record FollowerHealth(
    @JsonUnwrapped NodeHealth node,
    @JsonProperty("delay_ms") long delayMillis,
    @JsonProperty("delayed_entries") int delayedEntries,
    @JsonProperty("held_entries") int heldEntries,
    @JsonProperty("fault") @Nullable FollowerFault fault,
    @JsonProperty("master") @Nullable MasterContact master,
    @JsonProperty("first_index") long firstIndex,
    @JsonProperty("injected_faults") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable InjectedFaults injected,
    @JsonUnwrapped @JsonProperty("layer_node") @Nullable LayerHealth layer,
    @JsonProperty("layers") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<FedNodeHealth> layers) {

  FollowerHealth {
    layers = layers == null ? null : List.copyOf(layers);
  }

  /// The master as this follower has heard of it.
  ///
  /// @param startId its process
  /// @param durableIndex last index that it has said to hold
  /// @param lag entries of it that are missing here
  /// @param lastContactMillis since its last word, null before the first in this process
  record MasterContact(
      @JsonProperty("start_id") String startId,
      @JsonProperty("durable_index") long durableIndex,
      @JsonProperty("lag") long lag,
      @JsonProperty("last_contact_ms") @Nullable Long lastContactMillis) {}
}
