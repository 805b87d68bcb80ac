package io.replog.client.cluster;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Runs [FakeNode] on the Java and the classes of the test.
public final class FakeNodeCommand implements NodeCommand {

  @Override
  public List<String> command(NodeSpec node, Map<String, String> variables) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:TieredStopAtLevel=1",
        "-Xmx32m",
        "-cp",
        Path.of("target", "test-classes").toAbsolutePath().toString(),
        FakeNode.class.getName());
  }
}
