package io.replog.follower.feed;

import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.WhenSet;

/// Whether this follower pulls from an upstream.
final class IsLayerNode extends WhenSet<NodeSettings> {

  IsLayerNode() {
    super("nodeSettings", NodeSettings.class, NodeSettings::isLayerNode);
  }
}
