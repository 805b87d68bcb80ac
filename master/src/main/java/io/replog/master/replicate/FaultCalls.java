package io.replog.master.replicate;

import io.replog.node.security.ClusterToken;
import io.replog.node.settings.Peer;
import io.replog.node.tls.OutgoingTls;
import java.time.Duration;
import org.apache.hc.core5.http.ClassicHttpRequest;

/// Asks and changes the faults of one follower, over connections of its own and past every fault.
public final class FaultCalls implements AutoCloseable {

  private static final int MAX_ANSWER_BYTES = 64 << 10;
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final HttpCaller http;
  private final FollowerPaths paths;

  /// What came back.
  public sealed interface Reply {

    /// A whole answer of any status.
    record Answered(int status, byte[] body) implements Reply {}

    /// No usable answer, in a few words.
    record Lost(String error) implements Reply {}
  }

  public FaultCalls(Peer peer, ClusterToken token, OutgoingTls tls) {
    this.http = new HttpCaller(MAX_ANSWER_BYTES, tls);
    this.paths = new FollowerPaths(peer, token);
  }

  /// What is in force.
  public Reply get() {
    return call(paths.faults());
  }

  /// Asks for other faults.
  public Reply put(byte[] json) {
    return call(paths.changeFaults(json));
  }

  private Reply call(ClassicHttpRequest request) {
    return switch (http.call(request, TIMEOUT)) {
      case HttpCaller.Reply.Answered(int status, byte[] body) -> new Reply.Answered(status, body);
      case HttpCaller.Reply.Lost(_, String error) -> new Reply.Lost(error);
    };
  }

  @Override
  public void close() {
    http.close();
  }
}
