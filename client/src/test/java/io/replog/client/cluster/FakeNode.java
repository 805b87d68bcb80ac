package io.replog.client.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// A small program that stands in for a node: it answers probes, shows its environment, and keeps a
/// file in its data directory and the secret where it is told. With `FAKE_FAILS=on` it complains
/// and ends as a node does whose configuration cannot be used.
public final class FakeNode {

  private static final PrintStream LOG = System.out;

  private FakeNode() {}

  public static void main(String[] arguments) throws Exception {
    if ("on".equals(System.getenv("FAKE_FAILS"))) {
      LOG.println("MAX_MESSAGE_SIZE=x cannot be used");
      System.exit(78);
    }
    Path data = Path.of(System.getenv("DATA_DIR"));
    Files.createDirectories(data);
    Files.writeString(data.resolve("entries"), "kept");
    Files.writeString(Path.of(System.getenv("CLUSTER_TOKEN_FILE")), "secret-of-the-nodes\n");
    HttpServer server = server(Integer.parseInt(System.getenv("PORT")));
    LOG.println(System.getenv("NODE_NAME") + " listens");
    server.start();
  }

  private static HttpServer server(int port) throws Exception {
    HttpServer server =
        HttpServer.create(
            new InetSocketAddress(InetAddress.getByName(System.getenv("BIND_ADDRESS")), port), 0);
    server.createContext(
        "/",
        exchange -> {
          boolean environment = exchange.getRequestURI().getPath().equals("/environment");
          String name = String.valueOf(exchange.getRequestURI().getQuery());
          String answer = environment ? String.valueOf(System.getenv(name)) : "{}";
          byte[] body = answer.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Log-Index", "42");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    return server;
  }
}
