package io.replog.master.replicate;

import io.replog.model.Position;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.Peer;
import java.net.URI;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;

/// Makes the requests that a follower understands.
final class FollowerPaths {

  private final URI base;
  private final String token;

  FollowerPaths(Peer peer, ClusterToken token) {
    this.base = peer.url();
    this.token = token.value();
  }

  ClassicHttpRequest replicate(byte[] json) {
    ClassicHttpRequest request = post("/replicate", json);
    if (TracedTransport.TRACEPARENT.isBound()) {
      request.setHeader("traceparent", TracedTransport.TRACEPARENT.get());
    }
    return request;
  }

  ClassicHttpRequest heartbeat(byte[] json) {
    return post("/heartbeat", json);
  }

  /// The entries behind `own`.
  ClassicHttpRequest entries(Position own, int maxBytes) {
    String query =
        "/cluster/entries?after_index=%d&after_epoch=%d&after_chain=%s&max_bytes=%d"
            .formatted(own.index(), own.epoch(), own.chainDigits(), maxBytes);
    return to(Method.GET, query);
  }

  ClassicHttpRequest faults() {
    return to(Method.GET, "/faults");
  }

  ClassicHttpRequest changeFaults(byte[] json) {
    return with(json, to(Method.PUT, "/faults"));
  }

  private ClassicHttpRequest post(String path, byte[] json) {
    return with(json, to(Method.POST, path));
  }

  private static ClassicHttpRequest with(byte[] json, ClassicHttpRequest request) {
    request.setHeader(HttpHeaders.CONTENT_TYPE, "application/json");
    request.setEntity(new ByteArrayEntity(json, ContentType.APPLICATION_JSON));
    return request;
  }

  private ClassicHttpRequest to(Method method, String path) {
    ClassicHttpRequest request = new BasicClassicHttpRequest(method, base.resolve(path));
    request.setHeader(ClusterToken.HEADER, token);
    request.setHeader(HttpHeaders.ACCEPT, "application/json");
    return request;
  }
}
