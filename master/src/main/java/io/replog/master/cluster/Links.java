package io.replog.master.cluster;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.replog.master.replicate.FollowerLink;
import io.replog.master.replicate.LinkSettings;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterInput;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Makes one link per follower.
final class Links {

  private Links() {}

  static Map<String, FollowerLink> open(
      List<Peer> followers,
      LinkSettings settings,
      CircuitBreakerRegistry breakers,
      Consumer<MasterInput> core) {
    Map<String, FollowerLink> links = new LinkedHashMap<>();
    for (Peer follower : followers) {
      String name = follower.name();
      links.put(name, new FollowerLink(follower, settings, breakers.circuitBreaker(name), core));
    }
    return links;
  }
}
