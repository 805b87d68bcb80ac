package io.replog.follower;

import io.replog.node.NodeConfiguration;
import io.replog.node.settings.Role;
import io.replog.node.start.NodeLauncher;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Import;

/// Starts a follower.
@SpringBootApplication(proxyBeanMethods = false)
@Import(NodeConfiguration.class)
public class FollowerApplication {

  public static void main(String[] args) {
    NodeLauncher.launch(Role.FOLLOWER, FollowerApplication.class);
  }
}
