package io.replog.testnode;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.node.log.NodeLog;
import io.replog.node.log.NodeLog.Waited;
import io.replog.node.settings.NodeSettings;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.node.shutdown.FailStop;
import io.replog.node.start.NodeLauncher;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/// A node in this process, on a free port, with an HTTP client and a pen for its log.
public final class RunningNode implements AutoCloseable {

  public static final String LOG_ID = "log-1";
  public static final String TOKEN = "token-of-the-test";

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningNode(ConfigurableApplicationContext context) {
    this.context = context;
  }

  /// Starts a node on `directory` with further variables.
  public static RunningNode start(
      Path directory, Map<String, String> variables, String... properties) {
    Map<String, String> all = new HashMap<>(variables);
    all.putIfAbsent("PORT", "0");
    all.putIfAbsent("DATA_DIR", directory.resolve("node").toString());
    all.putIfAbsent("CLUSTER_TOKEN", TOKEN);
    NodeSettings settings = SettingsReader.read(Role.MASTER, all);
    FailStop failStop = new FailStop(_ -> {}, _ -> {});
    return new RunningNode(NodeLauncher.start(settings, TestNode.class, failStop, properties));
  }

  public int port() {
    return Integer.parseInt(
        String.valueOf(context.getEnvironment().getProperty("local.server.port")));
  }

  /// The port of Actuator, where it has one of its own.
  public int managementPort() {
    return Integer.parseInt(
        String.valueOf(context.getEnvironment().getProperty("local.management.port")));
  }

  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port() + path);
  }

  public NodeLog log() {
    return context.getBean(NodeLog.class);
  }

  /// Appends and waits until the messages are shown.
  public void append(String... texts) throws InterruptedException {
    List<Entry> entries = new ArrayList<>();
    Position end = log().shownEnd();
    for (String text : texts) {
      Entry entry = Entry.after(end, 1, 1_795_201_380_123L, null, text);
      entries.add(entry);
      end = entry.position();
    }
    log().append(LOG_ID, entries);
    assertThat(log().awaitShown(end.index(), PATIENCE)).isEqualTo(Waited.REACHED);
  }

  public HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).GET());
  }

  public HttpResponse<String> post(String path, String json, String... headers)
      throws IOException, InterruptedException {
    return send(
        request(path, headers)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public HttpResponse<String> method(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path, headers).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  public HttpRequest.Builder request(String path, String... headers) {
    HttpRequest.Builder builder = HttpRequest.newBuilder(uri(path)).timeout(PATIENCE);
    return headers.length == 0 ? builder : builder.headers(headers);
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpClient http() {
    return http;
  }

  /// Writes bytes to a plain connection and reads what comes until it is closed.
  public String raw(String bytes) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /// As the web server does first when the node stops.
  public void pauseWebServer() {
    var web = (WebServerApplicationContext) context;
    ((TomcatWebServer) requireNonNull(web.getWebServer())).getTomcat().getConnector().pause();
  }

  /// Stops the node; the client stays.
  public void stop() {
    context.close();
  }

  @Override
  public void close() {
    context.close();
    http.shutdownNow();
  }
}
