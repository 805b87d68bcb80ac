package io.replog.follower;

import io.replog.follower.faults.SilentCalls;
import io.replog.model.Entry;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.node.shutdown.FailStop;
import io.replog.node.start.NodeLauncher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.springframework.context.ConfigurableApplicationContext;

/// A follower in this process, and a hand that plays its master.
final class RunningFollower implements AutoCloseable {

  private static final String TOKEN = "token-of-the-test";

  private final ConfigurableApplicationContext context;
  private final HttpClient http = HttpClient.newHttpClient();

  private RunningFollower(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static RunningFollower start(
      Path directory, Map<String, String> variables, String... properties) {
    Map<String, String> all = new HashMap<>(variables);
    all.put("PORT", "0");
    all.put("DATA_DIR", directory.toString());
    all.put("CLUSTER_TOKEN", TOKEN);
    return new RunningFollower(
        NodeLauncher.start(
            SettingsReader.read(Role.FOLLOWER, all),
            FollowerApplication.class,
            new FailStop(_ -> {}, _ -> {}),
            properties));
  }

  HttpResponse<String> plain(long sequenceId, String text) throws Exception {
    return post(
        "/replicate",
        "{\"data\":{\"text\":\"%s\",\"sequence_id\":%d}}".formatted(text, sequenceId));
  }

  /// A batch of epoch-many entries right behind `previous`.
  static String batch(long epoch, String startId, Position previous, List<Entry> entries) {
    return """
    {"cluster_id":"replog","log_id":"log-1","epoch":%d,"start_id":"%s",
     "previous":{"index":%d,"epoch":%d,"chain":"%s"},"entries":[%s],
     "durable_index":9,"commit_index":1}\
    """
        .formatted(
            epoch,
            startId,
            previous.index(),
            previous.epoch(),
            previous.chainDigits(),
            entries.stream().map(RunningFollower::wire).collect(Collectors.joining(",")));
  }

  private static String wire(Entry entry) {
    String kind =
        entry.kind() == EntryKind.MESSAGE ? "" : ",\"kind\":\"" + entry.kind().word() + "\"";
    return "{\"epoch\":%d,\"timestamp_ms\":%d,\"key\":null,\"text\":\"%s\"%s}"
        .formatted(entry.epoch(), entry.timestampMillis(), entry.text(), kind);
  }

  HttpResponse<String> post(String path, String json) throws IOException, InterruptedException {
    return http.send(posting(path, json), HttpResponse.BodyHandlers.ofString());
  }

  CompletableFuture<HttpResponse<String>> postLater(String path, String json) {
    return http.sendAsync(posting(path, json), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> put(String path, String json) throws IOException, InterruptedException {
    return http.send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> delete(String path) throws IOException, InterruptedException {
    return http.send(request(path).DELETE().build(), HttpResponse.BodyHandlers.ofString());
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  String texts() throws IOException, InterruptedException {
    String body = get("/messages").body();
    return body.substring(body.indexOf("\"data\":") + 7, body.length() - 1);
  }

  /// Calls that an injected fault keeps without an answer.
  int silentCalls() {
    return SilentCalls.in(context);
  }

  <T> T bean(Class<T> type) {
    return context.getBean(type);
  }

  <T> Collection<T> beans(Class<T> type) {
    return context.getBeansOfType(type).values();
  }

  private HttpRequest posting(String path, String json) {
    return request(path)
        .header("Content-Type", "application/json")
        .POST(HttpRequest.BodyPublishers.ofString(json))
        .build();
  }

  private HttpRequest.Builder request(String path) {
    String port = context.getEnvironment().getProperty("local.server.port");
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Cluster-Token", TOKEN)
        .timeout(Duration.ofSeconds(60));
  }

  /// Stops the follower; the client stays.
  void stop() {
    context.close();
  }

  @Override
  public void close() {
    context.close();
    http.shutdownNow();
  }
}
