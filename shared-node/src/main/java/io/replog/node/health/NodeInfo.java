package io.replog.node.health;

import io.replog.node.settings.NodeSettings;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/// Which node it is, in `/actuator/info`; version and commit stand beside it.
@Component
final class NodeInfo implements InfoContributor {

  private final NodeSettings settings;

  NodeInfo(NodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public void contribute(Info.Builder builder) {
    builder.withDetail("node", Map.of("name", settings.node(), "role", settings.role().word()));
  }
}
