package io.replog.master.replicate;

import io.replog.node.settings.Peer;
import io.replog.node.tls.OutgoingTls;
import java.net.URI;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.jspecify.annotations.Nullable;

/// Reads one follower as a client of it would, with that client's key and without the token of the
/// cluster. For any thread, which should be a virtual one.
public final class FollowerReader implements AutoCloseable {

  private final URI base;
  private final HttpCaller http;

  /// What came of a read.
  public sealed interface Answer {

    /// A whole answer of any status.
    record Whole(int status, byte[] body) implements Answer {}

    /// No answer, or not all of it, and why.
    record None(String error) implements Answer {}
  }

  /// @param maxBytes of an answer; a longer one counts as none
  public FollowerReader(Peer peer, OutgoingTls tls, int maxBytes) {
    this.base = peer.url();
    this.http = new HttpCaller(maxBytes, tls);
  }

  /// @param authorization header of the client, null = it has sent none
  public Answer get(String path, @Nullable String authorization, Duration atMost) {
    ClassicHttpRequest request = new BasicClassicHttpRequest(Method.GET, base.resolve(path));
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    if (authorization != null) {
      request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
    }
    http.closeIdle();
    return switch (http.call(request, atMost)) {
      case HttpCaller.Reply.Answered(var status, var body) -> new Answer.Whole(status, body);
      case HttpCaller.Reply.Lost(_, var error) -> new Answer.None(error);
    };
  }

  /// Ends every read under way.
  @Override
  public void close() {
    http.close();
  }
}
