package io.replog.master.replicate;

import io.replog.model.Position;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.Peer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/// Makes the requests that a follower understands.
final class FollowerPaths {

  private final URI base;
  private final String token;

  FollowerPaths(Peer peer, ClusterToken token) {
    this.base = peer.url();
    this.token = token.value();
  }

  HttpRequest replicate(byte[] json) {
    return post("/replicate", json);
  }

  HttpRequest heartbeat(byte[] json) {
    return post("/heartbeat", json);
  }

  /// The entries behind `own`.
  HttpRequest entries(Position own, int maxBytes) {
    String query =
        "/cluster/entries?after_index=%d&after_epoch=%d&after_chain=%s&max_bytes=%d"
            .formatted(own.index(), own.epoch(), own.chainDigits(), maxBytes);
    return to(query).GET().build();
  }

  private HttpRequest post(String path, byte[] json) {
    return to(path)
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofByteArray(json))
        .build();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(base.resolve(path))
        .header(ClusterToken.HEADER, token)
        .header("Accept", "application/json");
  }
}
