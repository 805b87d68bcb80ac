package io.replog.follower.health;

import io.replog.follower.core.FollowerNode;
import io.replog.follower.faults.FaultsInForce;
import io.replog.follower.feed.Layer;
import io.replog.follower.health.FollowerHealth.MasterContact;
import io.replog.model.Envelope;
import io.replog.model.Standing;
import io.replog.node.api.Gives;
import io.replog.node.feed.FedNodeHealth;
import io.replog.node.feed.FedNodes;
import io.replog.node.health.NodeHealth;
import io.replog.node.log.NodeLog;
import io.replog.node.settings.NodeSettings;
import io.replog.replication.follower.FollowerView;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /health` of a follower.
@RestController
final class HealthController {

  private static final String READS_ONLY = "messages are added at the master";

  private final FollowerNode node;
  private final NodeLog log;
  private final NodeSettings settings;
  private final FaultsInForce faults;
  private final FedNodes fed;
  private final @Nullable Layer layer;

  HealthController(
      FollowerNode node,
      NodeLog log,
      NodeSettings settings,
      FaultsInForce faults,
      FedNodes fed,
      ObjectProvider<Layer> layer) {
    this.node = node;
    this.log = log;
    this.settings = settings;
    this.faults = faults;
    this.fed = fed;
    this.layer = layer.getIfAvailable();
  }

  /// What this node says of itself, and how it stands to its master, or to its upstream.
  ///
  /// Always `200`, whatever it has to say.
  @Gives(says = "Its own view, exact at that moment.")
  @GetMapping("/health")
  Envelope<FollowerHealth> health() throws InterruptedException {
    FollowerView view = node.exactView();
    Standing standing = view.standing();
    return Envelope.ok(
        "Health fetched successfully",
        new FollowerHealth(
            common(standing),
            standing.delayMillis(),
            view.delayedEntries(),
            view.heldEntries(),
            standing.fault(),
            layer == null ? master(view) : null,
            log.firstIndex(),
            faults.injected(),
            layer == null ? null : LayerHealth.of(settings, layer, log.commitIndex()),
            FedNodeHealth.of(fed)));
  }

  private NodeHealth common(Standing standing) {
    long shown = log.shownIndex();
    return new NodeHealth(
        settings.node(),
        settings.role().word(),
        standing.logId(),
        standing.promisedEpoch(),
        shown,
        shown,
        log.commitIndex(),
        false,
        standing.error() == null ? READS_ONLY : standing.error(),
        settings.fsync(),
        0);
  }

  private @Nullable MasterContact master(FollowerView view) {
    String startId = view.masterStartId();
    long silent = view.masterContactNanos();
    return startId == null
        ? null
        : new MasterContact(
            startId,
            view.masterDurableIndex(),
            Math.max(0, view.masterDurableIndex() - log.shownIndex()),
            silent < 0 ? null : Long.valueOf(TimeUnit.NANOSECONDS.toMillis(silent)));
  }
}
