package io.replog.client.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalConnectorsTest {

  @TempDir private Path root;

  @Test
  void keepsWhatIsPublishedWhereConnectorsInTheRootLookForIt() {
    assertThat(position(Map.of()))
        .isEqualTo(root.resolve(".replog").resolve("rabbitmq-out.json").toString());
    assertThat(position(Map.of("RABBITMQ_OUT_POSITION", "kept/position.json")))
        .isEqualTo(root.resolve("kept").resolve("position.json").toString());
    assertThat(position(Map.of("RABBITMQ_OUT_POSITION", "/var/lib/position.json")))
        .isEqualTo("/var/lib/position.json");
  }

  private String position(Map<String, String> variables) {
    ClusterFiles files = new ClusterFiles(root.resolve(".replog"));
    LocalConnectors connectors =
        new LocalConnectors(files, root, root.resolve("programs"), variables);
    return connectors.environment("http://127.0.0.1:6061").get("RABBITMQ_OUT_POSITION");
  }
}
