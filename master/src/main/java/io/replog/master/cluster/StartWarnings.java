package io.replog.master.cluster;

import io.replog.node.settings.NodeSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.stereotype.Component;

/// Says at the start what a choice of settings costs that people may not expect.
@Component
final class StartWarnings implements SmartInitializingSingleton {

  private static final Logger LOG = LoggerFactory.getLogger(StartWarnings.class);
  private static final int TWO_NODES = 2;

  private final NodeSettings settings;

  StartWarnings(NodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public void afterSingletonsInstantiated() {
    if (settings.quorumAppend() && settings.clusterSize() == TWO_NODES) {
      LOG.warn(
          "QUORUM_APPEND=on with two nodes: a majority is both, so adds are refused while either is"
              + " down");
    }
  }
}
