package io.replog.master.cluster;

import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.replog.master.members.MembersListener;
import io.replog.master.members.PerNode;
import io.replog.master.replicate.Broadcast;
import io.replog.master.replicate.FollowerLink;
import io.replog.master.replicate.Identities;
import io.replog.master.replicate.LinkSettings;
import io.replog.node.settings.Peer;
import io.replog.replication.master.MasterInput;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// One link for each follower that the core sends to, in one life of the core. Whoever owns the
/// core opens them; only the end comes from elsewhere.
final class Links implements MembersListener, AutoCloseable {

  private final Identities identities;
  private final @Nullable Broadcast broadcast;
  private final PerNode<FollowerLink> links;

  Links(LinkSettings settings, CircuitBreakerRegistry breakers, Consumer<MasterInput> core) {
    this.identities = settings.identities();
    this.broadcast = settings.broadcast();
    this.links =
        new PerNode<>(
            node -> new FollowerLink(node, settings, breakers.circuitBreaker(node.name()), core));
  }

  @Override
  public void connected(List<Peer> nodes) {
    identities.retain(nodes.stream().map(Peer::name).toList());
    links.connected(nodes);
  }

  FollowerLink to(String follower) {
    return links
        .of(follower)
        .orElseThrow(() -> new IllegalStateException("no follower has the name " + follower));
  }

  @Override
  public void close() {
    if (broadcast != null) {
      broadcast.close();
    }
    links.close();
  }
}
