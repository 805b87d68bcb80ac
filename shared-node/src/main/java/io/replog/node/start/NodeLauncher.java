package io.replog.node.start;

import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import org.springframework.context.ConfigurableApplicationContext;

/// Starts a node: reads the settings before anything else, then the application, and turns whatever
/// makes a start impossible into one line and an exit code.
public final class NodeLauncher {

  private NodeLauncher() {}

  /// The body of `main`. Does not return normally if the node cannot start.
  public static void launch(Role role, Class<?> application, String... args) {
    throw new UnsupportedOperationException();
  }

  /// Starts a node in this process, for tests.
  ///
  /// @param extra further Spring properties, `name=value`
  public static ConfigurableApplicationContext start(
      NodeSettings settings, Class<?> application, String... extra) {
    throw new UnsupportedOperationException();
  }
}
