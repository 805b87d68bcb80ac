package io.replog.master.cluster;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.replog.master.members.MembersListener;
import io.replog.master.replicate.Broadcast;
import io.replog.master.replicate.FollowerLink;
import io.replog.master.replicate.LinkSettings;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterInput;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// One link for each follower that the core sends to, in one life of the core. Whoever owns the
/// core opens them; only the end comes from elsewhere.
final class Links implements MembersListener, AutoCloseable {

  private final LinkSettings settings;
  private final CircuitBreakerRegistry breakers;
  private final Consumer<MasterInput> core;
  private final Map<String, Open> open = new ConcurrentHashMap<>();

  private record Open(Peer peer, FollowerLink link) {}

  Links(LinkSettings settings, CircuitBreakerRegistry breakers, Consumer<MasterInput> core) {
    this.settings = settings;
    this.breakers = breakers;
    this.core = core;
  }

  @Override
  public void connected(List<Peer> nodes) {
    for (Open each : open.values()) {
      if (!nodes.contains(each.peer()) && open.remove(each.peer().name(), each)) {
        settings.identities().forget(each.peer().name());
        Thread.startVirtualThread(each.link()::close);
      }
    }
    for (Peer node : nodes) {
      open.computeIfAbsent(node.name(), _ -> open(node));
    }
  }

  private Open open(Peer node) {
    return new Open(
        node, new FollowerLink(node, settings, breakers.circuitBreaker(node.name()), core));
  }

  FollowerLink to(String follower) {
    Open found = open.get(follower);
    if (found == null) {
      throw new IllegalStateException("no follower has the name " + follower);
    }
    return found.link();
  }

  @Override
  public void close() {
    Broadcast broadcast = settings.broadcast();
    if (broadcast != null) {
      broadcast.close();
    }
    open.values().forEach(each -> each.link().close());
  }
}
