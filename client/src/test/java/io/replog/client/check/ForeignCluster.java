package io.replog.client.check;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.replog.client.cluster.Awaiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Another implementation of the original contract: a master and two followers that know no header,
/// no parameter and no path beyond it, and write their JSON in a manner of their own. With a flaw
/// it keeps the contract but for that.
final class ForeignCluster implements AutoCloseable {

  enum Flaw {
    NONE,
    /// Acknowledges what the followers do not hold, and do not get.
    LYING,
    /// A follower puts the newest message first.
    BACKWARDS,
    /// The master keeps every message twice.
    TWICE,
    /// Answers an add in another form.
    OTHER_FORM,
    /// Its status_code is a string.
    TEXTUAL_STATUS,
    /// Its messages have more than a text.
    TALKATIVE,
    /// Takes an add with w=0.
    CARELESS,
    /// Keeps a question mark for what is not ASCII.
    ASCII
  }

  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final String ADDED =
      """
      {"message": "Message added successfully", "status_code": 200, "data": null}\
      """;

  private final Flaw flaw;

  /// While this file is there, follower-2 is lost.
  private final Path lost;

  private final List<HttpServer> servers = new ArrayList<>();
  private final List<List<String>> logs = new ArrayList<>();

  ForeignCluster(Flaw flaw, Path lost) throws IOException {
    this.flaw = flaw;
    this.lost = lost;
    for (int number = 0; number < 3; number++) {
      logs.add(new ArrayList<>());
      servers.add(server(number));
    }
  }

  private HttpServer server(int number) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/health", exchange -> answer(exchange, "{}"));
    server.createContext("/messages", exchange -> answer(exchange, list(number)));
    server.createContext("/add", this::add);
    server.start();
    return server;
  }

  List<String> urls() {
    return servers.stream()
        .map(server -> "http://127.0.0.1:" + server.getAddress().getPort())
        .toList();
  }

  private void add(HttpExchange exchange) throws IOException {
    JsonNode body = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    int needed = body.get("write_concern").asInt();
    if (needed < 1 && flaw != Flaw.CARELESS) {
      exchange.sendResponseHeaders(400, -1);
      exchange.close();
      return;
    }
    append(kept(body.get("data").asString()));
    if (flaw != Flaw.LYING && needed == 3) {
      Awaiting.until(() -> !Files.exists(lost), LIMIT);
    }
    answer(exchange, added());
  }

  private String kept(String text) {
    return flaw == Flaw.ASCII ? text.replaceAll("[^\\x00-\\x7f]", "?") : text;
  }

  private String added() {
    return switch (flaw) {
      case OTHER_FORM -> "{\"ok\": true}";
      case TEXTUAL_STATUS -> ADDED.replace("200", "\"200\"");
      default -> ADDED;
    };
  }

  private String message(String text) {
    ObjectNode message = JsonMapper.shared().createObjectNode().put("text", text);
    return (flaw == Flaw.TALKATIVE ? message.put("index", 1) : message).toString();
  }

  private synchronized void append(String text) {
    logs.getFirst().add(text);
    if (flaw == Flaw.TWICE) {
      logs.getFirst().add(text);
    }
    if (flaw != Flaw.LYING) {
      logs.get(1).add(text);
      logs.get(2).add(flaw == Flaw.BACKWARDS ? 0 : logs.get(2).size(), text);
    }
  }

  private synchronized String list(int number) {
    List<String> messages = logs.get(number).stream().map(this::message).toList();
    return "{\"status_code\": 200, \"message\": \"Messages fetched successfully\", \"data\": ["
        + String.join(", ", messages)
        + "]}";
  }

  private static void answer(HttpExchange exchange, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  /// The options that name the nodes.
  List<String> options() {
    List<String> options = new ArrayList<>(List.of("--master", urls().getFirst()));
    IntStream.of(1, 2).forEach(number -> options.addAll(List.of("--follower", urls().get(number))));
    return options;
  }

  @Override
  public void close() {
    servers.forEach(server -> server.stop(0));
  }
}
