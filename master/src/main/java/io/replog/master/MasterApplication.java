package io.replog.master;

import io.replog.node.NodeConfiguration;
import io.replog.node.settings.Role;
import io.replog.node.start.NodeLauncher;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/// Starts a master.
@SpringBootApplication
@Import(NodeConfiguration.class)
public class MasterApplication {

  public static void main(String[] args) {
    NodeLauncher.launch(Role.MASTER, MasterApplication.class);
  }
}
