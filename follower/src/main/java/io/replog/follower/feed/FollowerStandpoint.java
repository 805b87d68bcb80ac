package io.replog.follower.feed;

import io.replog.follower.core.FollowerNode;
import io.replog.node.feed.Standpoint;
import io.replog.replication.follower.FollowerView;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/// A follower of the core knows what its master has said, a layer node what its upstream has.
@Component
final class FollowerStandpoint implements Standpoint {

  private final FollowerNode node;
  private final @Nullable Layer layer;

  FollowerStandpoint(FollowerNode node, ObjectProvider<Layer> layer) {
    this.node = node;
    this.layer = layer.getIfAvailable();
  }

  @Override
  public @Nullable Integer layer() {
    return layer == null ? Integer.valueOf(0) : layer.number();
  }

  @Override
  public String source() {
    String upstream = layer == null ? "master" : layer.upstream();
    return upstream == null ? "unknown" : upstream;
  }

  @Override
  public Known known() throws InterruptedException {
    if (layer != null) {
      return layer.known();
    }
    FollowerView view = node.exactView();
    long silent = view.masterContactNanos();
    return new Known(
        Math.max(view.commitIndex(), view.masterCommitIndex()),
        silent < 0 ? null : Long.valueOf(TimeUnit.NANOSECONDS.toMillis(silent)));
  }
}
