package io.replog.client.remote;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.replog.client.Invocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A node played by WireMock, and the command line pointed at it.
public abstract class RemoteTest {

  protected final WireMockServer node =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().http2PlainDisabled(true));

  @TempDir protected Path root;

  @BeforeEach
  void startNode() {
    node.start();
  }

  @AfterEach
  void stopNode() {
    node.stop();
  }

  /// Runs the verb with `--master` set to the node.
  protected Invocation replog(String... arguments) {
    return replogWithInput(new byte[0], arguments);
  }

  protected Invocation replogWithInput(byte[] input, String... arguments) {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.add("--master");
    line.add(node.baseUrl() + "/");
    return Invocation.runWithInput(root, Map.of(), input, line.toArray(String[]::new));
  }
}
