package io.replog.master.members;

import io.replog.node.settings.Peer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// One thing for each node that the master is connected to. It is opened when the node comes, and
/// closed on a thread of its own when the node goes or moves. Whoever owns the core has them opened
/// and closed; anybody asks.
///
/// @param <T> what there is for a node
public final class PerNode<T extends PerNode.Part> implements MembersListener, AutoCloseable {

  private final Function<Peer, T> opener;
  private final Map<String, Open<T>> open = new ConcurrentHashMap<>();

  /// What there is for a node.
  public interface Part extends AutoCloseable {

    /// Never throws.
    @Override
    void close();
  }

  private record Open<T>(Peer node, T part) {}

  /// @param opener must not block
  public PerNode(Function<Peer, T> opener) {
    this.opener = opener;
  }

  @Override
  public void connected(List<Peer> nodes) {
    for (Open<T> each : open.values()) {
      if (!nodes.contains(each.node()) && open.remove(each.node().name(), each)) {
        Thread.startVirtualThread(each.part()::close);
      }
    }
    for (Peer node : nodes) {
      open.computeIfAbsent(node.name(), _ -> new Open<>(node, opener.apply(node)));
    }
  }

  /// What there is for the node of that name; empty when it is not connected.
  public Optional<T> of(String name) {
    return Optional.ofNullable(open.get(name)).map(Open::part);
  }

  /// Everybody there is something for.
  public Set<String> names() {
    return Set.copyOf(open.keySet());
  }

  /// Closes all that is open, on the caller's thread.
  @Override
  public void close() {
    open.values().forEach(each -> each.part().close());
  }
}
