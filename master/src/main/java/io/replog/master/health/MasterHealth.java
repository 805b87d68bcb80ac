package io.replog.master.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.node.feed.FedNodeHealth;
import io.replog.node.health.NodeHealth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What `GET /health` says on a master: itself, then every follower in the order of the settings,
/// then what of the log is kept, then the layer nodes.
///
/// @param followers each follower as this master sees it
/// @param retention null, and left out, where everything is kept
/// @param layers the layer nodes, upper layers first; null, and left out, where none is known
@JsonPropertyOrder({"self", "followers", "retention", "layers"})
public record MasterHealth(
    @JsonUnwrapped @JsonProperty("self") NodeHealth self,
    @JsonProperty("followers") List<FollowerHealth> followers,
    @JsonProperty("retention") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable RetentionHealth retention,
    @JsonProperty("layers") @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable List<FedNodeHealth> layers) {

  public MasterHealth {
    followers = List.copyOf(followers);
    layers = layers == null ? null : List.copyOf(layers);
  }
}
