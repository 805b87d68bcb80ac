package io.replog.broker;

import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.WhenSet;

/// Whether batches go through a broker.
public final class BrokerIsOn extends WhenSet<NodeSettings> {

  public BrokerIsOn() {
    super("nodeSettings", NodeSettings.class, NodeSettings::usesBroker);
  }
}
