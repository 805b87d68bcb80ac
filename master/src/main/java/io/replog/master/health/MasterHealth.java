package io.replog.master.health;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.replog.node.health.NodeHealth;
import java.util.List;

/// What `GET /health` says on a master: itself, then every follower in the order of the settings.
@JsonPropertyOrder({"self", "followers"})
record MasterHealth(
    @JsonUnwrapped @JsonProperty("self") NodeHealth self,
    @JsonProperty("followers") List<FollowerHealth> followers) {

  MasterHealth {
    followers = List.copyOf(followers);
  }
}
