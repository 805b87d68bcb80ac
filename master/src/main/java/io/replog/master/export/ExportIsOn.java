package io.replog.master.export;

import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.WhenSet;

/// Whether somebody wants traces.
final class ExportIsOn extends WhenSet<NodeSettings> {

  ExportIsOn() {
    super("nodeSettings", NodeSettings.class, settings -> settings.traceCollector() != null);
  }
}
