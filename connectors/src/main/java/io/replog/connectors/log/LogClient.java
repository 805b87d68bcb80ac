package io.replog.connectors.log;

import io.replog.model.WriteConcern;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The log, by the contract of its nodes. Safe for use by many threads; every call is bounded in
/// time and in memory, and none is repeated here.
public final class LogClient {

  /// How long an append may wait for other nodes before its outcome counts as unknown. Below the
  /// time limit of the request, so that the node is the one who says so.
  private static final Duration CONCERN_LIMIT = Duration.ofSeconds(10);

  private static final long BEYOND_THE_END = Long.MAX_VALUE;
  private static final int MAX_ANSWER_BYTES = 64 << 10;
  private static final String PROBLEM_OR_JSON = "application/problem+json, application/json";

  private final RestClient rest;
  private final JsonMapper json;

  /// @param rest knows the address, the key and the time limits
  LogClient(RestClient rest, JsonMapper json) {
    this.rest = rest;
    this.json = json;
  }

  /// Appends a message, once however often it is sent under its key.
  ///
  /// @return its index, when as many nodes hold it as `concern` asks for
  /// @throws AppendRefusedException if it is certain that nothing was appended
  /// @throws AppendUnknownException if it is not
  public long append(String text, String key, WriteConcern concern) {
    NewMessage message = new NewMessage(text, key);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("data", message.text());
    body.put("write_concern", inJson(concern));
    body.put("timeout_ms", CONCERN_LIMIT.toMillis());
    return post(
        "/add",
        MediaType.APPLICATION_JSON,
        json.writeValueAsBytes(body),
        headers -> headers.set("Idempotency-Key", message.key()));
  }

  /// The same of many at once: all of them, in this order, or an exception that speaks for all.
  ///
  /// @return the highest of their indexes
  public long appendAll(List<NewMessage> messages, WriteConcern concern) {
    StringBuilder lines = new StringBuilder();
    for (NewMessage message : messages) {
      lines
          .append(json.writeValueAsString(Map.of("data", message.text(), "key", message.key())))
          .append('\n');
    }
    String query =
        "?write_concern=%s&timeout_ms=%d".formatted(inJson(concern), CONCERN_LIMIT.toMillis());
    return post(
        "/add" + query,
        MediaType.APPLICATION_NDJSON,
        lines.toString().getBytes(StandardCharsets.UTF_8),
        _ -> {});
  }

  /// Reads on: what a majority of the nodes holds, which therefore stays where it is.
  ///
  /// @param fromIndex first index wanted, at least 1
  /// @param limit how many records at most; fewer come where they are large
  /// @throws ReadFailedException if they cannot be had
  public LogPage read(long fromIndex, int limit) {
    return read(
        "/messages?read_concern=majority&from=%d&limit=%d".formatted(fromIndex, limit), fromIndex);
  }

  /// Identity of the log that is there now.
  ///
  /// @throws ReadFailedException if it cannot be had, or there is no log yet
  public String logId() {
    return read("/messages?from=%d&limit=1".formatted(BEYOND_THE_END), BEYOND_THE_END).logId();
  }

  private LogPage read(String uri, long fromIndex) {
    try {
      return rest.get()
          .uri(uri)
          .header(HttpHeaders.ACCEPT, MediaType.APPLICATION_NDJSON_VALUE)
          .exchangeForRequiredValue((_, answer) -> page(answer, fromIndex));
    } catch (ResourceAccessException failed) {
      throw new ReadFailedException(0, "the log cannot be reached: " + reason(failed));
    }
  }

  private long post(String uri, MediaType type, byte[] body, Consumer<HttpHeaders> headers) {
    try {
      return rest.post()
          .uri(uri)
          .contentType(type)
          .header(HttpHeaders.ACCEPT, PROBLEM_OR_JSON)
          .headers(headers)
          .body(body)
          .exchangeForRequiredValue((_, answer) -> index(answer));
    } catch (ResourceAccessException failed) {
      throw unsent(failed.getCause())
          ? new AppendRefusedException(0, "the log cannot be reached: " + reason(failed))
          : new AppendUnknownException("the log broke off: " + reason(failed), failed);
    }
  }

  private long index(ClientHttpResponse answer) throws IOException {
    int status = answer.getStatusCode().value();
    if (status == 200) {
      return header(answer, "Log-Index")
          .map(Long::parseLong)
          .orElseThrow(() -> new AppendUnknownException("the answer names no index"));
    }
    String message = message(answer);
    throw isDefinite(status)
        ? new AppendRefusedException(status, message)
        : new AppendUnknownException(message);
  }

  private LogPage page(ClientHttpResponse answer, long fromIndex) throws IOException {
    int status = answer.getStatusCode().value();
    if (status != 200) {
      throw new ReadFailedException(status, message(answer));
    }
    String logId =
        header(answer, "Log-Id")
            .orElseThrow(() -> new ReadFailedException(0, "the answer names no log"));
    long lastIndex = header(answer, "Log-Index").map(Long::parseLong).orElse(0L);
    return new LogPage(logId, lastIndex, new RecordLines(json, fromIndex).read(answer.getBody()));
  }

  /// What a node says that it refused, by the table of its contract.
  private static boolean isDefinite(int status) {
    return (status >= 300 && status < 500) || status == 503 || status == 507;
  }

  private static boolean unsent(@Nullable Throwable cause) {
    return cause instanceof ConnectException
        || cause instanceof HttpConnectTimeoutException
        || cause instanceof NoRouteToHostException
        || cause instanceof SSLHandshakeException;
  }

  private String message(ClientHttpResponse answer) throws IOException {
    String otherwise = "the log answers HTTP " + answer.getStatusCode().value();
    try {
      JsonNode problem = json.readTree(answer.getBody().readNBytes(MAX_ANSWER_BYTES));
      return problem.path("message").asString(otherwise);
    } catch (JacksonException _) {
      return otherwise;
    }
  }

  private static Optional<String> header(ClientHttpResponse answer, String name) {
    return Optional.ofNullable(answer.getHeaders().getFirst(name));
  }

  private static Object inJson(WriteConcern concern) {
    return switch (concern) {
      case WriteConcern.Count count -> count.nodes();
      case WriteConcern.Majority _ -> "majority";
      case WriteConcern.All _ -> "all";
    };
  }

  private static String reason(ResourceAccessException failed) {
    Throwable cause = failed.getCause();
    String message = cause == null ? failed.getMessage() : cause.getMessage();
    return message == null && cause != null ? cause.getClass().getSimpleName() : "" + message;
  }
}
