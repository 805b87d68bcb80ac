package io.replog.follower.feed;

import io.replog.model.FeedAnswer;
import io.replog.model.FeedRequest;
import io.replog.node.call.HttpCaller;
import io.replog.node.problem.Printable;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.NodeSettings;
import io.replog.node.tls.OutgoingTls;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The node at `UPSTREAM`, over HTTP.
final class HttpUpstream implements Upstream, AutoCloseable {

  /// What an answer may take beyond the time for which it was asked to wait.
  private static final Duration SLACK = Duration.ofSeconds(10);

  /// One text of the largest size, every character escaped, and what stands around it.
  private static final int MAX_ANSWER_BYTES =
      NodeSettings.ESCAPED_BYTES * NodeSettings.LARGEST_MESSAGE_BYTES + (4 << 20);

  private static final int OK = 200;

  private final URI path;
  private final String token;
  private final JsonMapper json;
  private final HttpCaller http;

  HttpUpstream(URI upstream, ClusterToken token, OutgoingTls tls, JsonMapper json) {
    this.path = upstream.resolve("/cluster/feed");
    this.token = token.value();
    this.json = json;
    this.http = new HttpCaller(MAX_ANSWER_BYTES, tls);
  }

  @Override
  public Reply ask(FeedRequest request) {
    Duration atMost = SLACK.plusMillis(request.waitMillis());
    return switch (http.call(post(json.writeValueAsBytes(request)), atMost)) {
      case HttpCaller.Reply.Lost lost -> new Reply.Failed(lost.error());
      case HttpCaller.Reply.Answered answered -> read(answered);
    };
  }

  private ClassicHttpRequest post(byte[] body) {
    ClassicHttpRequest request = new BasicClassicHttpRequest(Method.POST, path);
    request.setHeader(ClusterToken.HEADER, token);
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    request.setHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    request.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
    return request;
  }

  private Reply read(HttpCaller.Reply.Answered answered) {
    try {
      JsonNode root = json.readTree(answered.body());
      return answered.status() == OK
          ? new Reply.Given(json.treeToValue(root.get("data"), FeedAnswer.class))
          : refused(answered.status(), root.get("message"));
    } catch (JacksonException | IllegalArgumentException malformed) {
      return new Reply.Failed("answer " + answered.status() + " cannot be understood");
    }
  }

  private static Reply refused(int status, JsonNode message) {
    boolean said = message != null && message.isString();
    return new Reply.Failed(
        "answered " + status + (said ? ": " + Printable.of(message.stringValue()) : ""));
  }

  /// Breaks the call that is under way; later ones fail.
  @Override
  public void close() {
    http.close();
  }
}
