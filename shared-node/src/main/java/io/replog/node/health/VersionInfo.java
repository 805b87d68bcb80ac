package io.replog.node.health;

import io.replog.node.settings.NodeSettings;
import java.util.Map;
import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.actuate.info.InfoContributor;
import org.springframework.stereotype.Component;

/// Version and commit of the program, as the build has put them into the manifest of its jar.
@Component
final class VersionInfo implements InfoContributor {

  private static final String UNKNOWN = "unknown";

  private final NodeSettings settings;

  VersionInfo(NodeSettings settings) {
    this.settings = settings;
  }

  @Override
  public void contribute(Info.Builder builder) {
    Package own = VersionInfo.class.getPackage();
    String version = own.getImplementationVersion();
    String commit = own.getSpecificationVersion();
    builder.withDetail(
        "build",
        Map.of(
            "version", version == null ? UNKNOWN : version,
            "commit", commit == null ? UNKNOWN : commit));
    builder.withDetail("node", Map.of("name", settings.node(), "role", settings.role().word()));
  }
}
