package io.replog.master.replicate;

import io.micrometer.core.instrument.MeterRegistry;
import io.replog.node.feed.FedNodes;
import io.replog.node.log.CoreLogView;
import io.replog.node.log.NodeLog;
import io.replog.node.security.ClusterToken;
import io.replog.node.tls.OutgoingTls;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What every link to a follower shares.
///
/// @param clusterId name of the cluster
/// @param startId identity of this process
/// @param token the secret between nodes
/// @param tls how connections are encrypted
/// @param log where batches are read
/// @param json the strict mapper
/// @param positions learns where each batch ends, which is what the core looks up next
/// @param meters where failures are counted
/// @param attempts hears of every batch that leaves
/// @param cutOff whether a follower is to be kept away from, by its name
/// @param identities which data directory each follower has
/// @param fed hears of the layer nodes below the followers
/// @param maxMessageBytes bound of one text, UTF-8 bytes
/// @param broadcast the stream that all followers share, null where each batch goes over HTTP
public record LinkSettings(
    String clusterId,
    String startId,
    ClusterToken token,
    OutgoingTls tls,
    NodeLog log,
    CoreLogView positions,
    JsonMapper json,
    MeterRegistry meters,
    AttemptListener attempts,
    Predicate<String> cutOff,
    Identities identities,
    FedNodes fed,
    int maxMessageBytes,
    @Nullable Broadcast broadcast) {

  /// Bound of the answer to a pull: what was asked for, or one text of the largest size, with every
  /// character escaped.
  int maxPullAnswerBytes() {
    long largest = 6L * Math.max(maxMessageBytes, Puller.MAX_BYTES) + (1 << 20);
    return (int) Math.min(largest, Integer.MAX_VALUE - 8);
  }
}
