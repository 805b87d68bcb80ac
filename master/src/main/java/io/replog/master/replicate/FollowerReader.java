package io.replog.master.replicate;

import io.replog.node.call.HttpCaller;
import io.replog.node.settings.Peer;
import io.replog.node.tls.OutgoingTls;
import java.net.URI;
import java.time.Duration;
import java.util.function.IntSupplier;
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

  /// @param maxBytes of an answer; a longer one counts as none
  public FollowerReader(Peer peer, OutgoingTls tls, IntSupplier maxBytes) {
    this.base = peer.url();
    this.http = new HttpCaller(maxBytes, tls);
  }

  /// @param authorization header of the client, null = it has sent none
  public FollowerReply get(String path, @Nullable String authorization, Duration atMost) {
    ClassicHttpRequest request = new BasicClassicHttpRequest(Method.GET, base.resolve(path));
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    if (authorization != null) {
      request.setHeader(HttpHeaders.AUTHORIZATION, authorization);
    }
    http.closeIdle();
    return FollowerReply.of(http.call(request, atMost));
  }

  /// Ends every read under way.
  @Override
  public void close() {
    http.close();
  }
}
