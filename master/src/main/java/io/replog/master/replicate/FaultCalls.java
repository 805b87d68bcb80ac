package io.replog.master.replicate;

import io.replog.master.members.PerNode;
import io.replog.node.call.HttpCaller;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.Peer;
import io.replog.node.tls.OutgoingTls;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;

/// Asks and changes the faults of one follower, over connections of its own and past every fault.
public final class FaultCalls implements PerNode.Part {

  private static final int MAX_ANSWER_BYTES = 64 << 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpCaller http;
  private final FollowerPaths paths;

  public FaultCalls(Peer peer, ClusterToken token, OutgoingTls tls) {
    this.http = new HttpCaller(MAX_ANSWER_BYTES, tls);
    this.paths = new FollowerPaths(peer, token);
  }

  /// What is in force.
  public FollowerReply get() {
    return call(paths.faults());
  }

  /// Asks for other faults.
  public FollowerReply put(byte[] json) {
    return call(paths.changeFaults(json));
  }

  private FollowerReply call(ClassicHttpRequest request) {
    return FollowerReply.of(http.call(request, TIMEOUT));
  }

  @Override
  public void close() {
    http.close();
  }
}
