package io.replog.benchmarks.peers;

import io.replog.benchmarks.ceiling.CeilingApplication;
import io.replog.benchmarks.load.HttpProtocol;
import io.replog.client.cluster.Ports;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// One process that answers like an add and does nothing.
final class Ceiling {

  private Ceiling() {}

  static Running servlet(Path directory) throws IOException {
    return start(directory, "/servlet");
  }

  static Running controller(Path directory) throws IOException {
    return start(directory, "/controller");
  }

  private static Running start(Path directory, String path) throws IOException {
    int port = Ports.free();
    Servers servers = new Servers(directory);
    List<String> line = Installation.java();
    line.addAll(List.of("-Xmx512m", "-XX:+UseSerialGC"));
    line.addAll(
        List.of("-cp", Path.of(System.getProperty("java.class.path")).toAbsolutePath().toString()));
    line.addAll(List.of(CeilingApplication.class.getName(), String.valueOf(port)));
    servers.start("ceiling", line);
    servers.await("an answer", () -> !Setup.post(port, path, "{}").isEmpty());
    String body = "{\"data\":\"%s\",\"write_concern\":2}".formatted(Message.TEXT);
    return new SocketRunning(
        servers, () -> port, HttpProtocol.post(path, "application/json", body));
  }
}
