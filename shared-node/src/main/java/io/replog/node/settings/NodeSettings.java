package io.replog.node.settings;

import io.replog.log.Retention;
import io.replog.model.Feed;
import io.replog.model.FsyncMode;
import io.replog.model.WriteConcern;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a node is told by its environment. Checked, complete and fixed for the life of the process.
/// Made by [SettingsReader].
///
/// @param role master or follower
/// @param node `NODE_NAME`, its name in the cluster
/// @param port `PORT`; 0 = any free one
/// @param portVariable the variable that the port came from, for messages
/// @param managementPort `MANAGEMENT_PORT`, where Actuator is served instead; null = on `port`
/// @param bindAddress `BIND_ADDRESS`, 127.0.0.1 unless told otherwise
/// @param dataDirectory `DATA_DIR`, `data/<node>` by default
/// @param masterPort `MASTER_PORT`, for redirects from a follower
/// @param masterPublicUrl `MASTER_PUBLIC_URL`, the master as clients reach it, without a slash at
///   the end; null = the host that the client used with `masterPort`
/// @param clusterId `CLUSTER_ID`
/// @param clusterToken `CLUSTER_TOKEN`, null = read from `clusterTokenFile`
/// @param clusterTokenFile `CLUSTER_TOKEN_FILE`, beside the data directory by default, so that
///   nodes started side by side share it
/// @param fsync `FSYNC`
/// @param fsyncInterval `FSYNC_INTERVAL`, used with `interval` only
/// @param maxMessageBytes `MAX_MESSAGE_SIZE`, UTF-8 bytes of one text
/// @param maxBulkBytes `MAX_BULK_SIZE`, bytes of the body of one bulk add
/// @param maxBlockedWrites `MAX_BLOCKED_WRITES`
/// @param writeConcernDefault `WRITE_CONCERN_DEFAULT`
/// @param writeTimeout `WRITE_TIMEOUT`, null = as long as it takes
/// @param faults which faults may be injected
/// @param logFormat `LOG_FORMAT`
/// @param logMessages `LOG_MESSAGES`, whether log lines show texts
/// @param corsOrigins `CORS_ORIGINS`, origins or `*`, empty by default
/// @param scrubBytesPerSecond `SCRUB_RATE`, how fast the log is read again in search of damage; 0 =
///   not at all
/// @param scrubInterval `SCRUB_INTERVAL`, pause between two passes
/// @param acceptDataLoss `ACCEPT_DATA_LOSS`, whether this start gives up what is damaged
/// @param retention `RETENTION_BYTES` and `RETENTION_AGE`, what of its log a master asks to be
///   kept; everything by default
/// @param tableMaxBytes `TABLE_MAX_BYTES`, what keys and values of the table may take together; the
///   same on every node
/// @param replicationDelay `REPLICATION_DELAY` of a follower, zero for none
/// @param feed `FEED` of a follower, eager unless told otherwise
/// @param upstream `UPSTREAM` of a follower with a lazy feed, where it pulls; null for every other
///   node
/// @param followers `FOLLOWERS` of a master, in the order given
/// @param quorumAppend `QUORUM_APPEND` of a master
/// @param bootstrapAlone `BOOTSTRAP=alone` of a master
/// @param access what is asked of clients
/// @param tls how connections are encrypted, null = they are plain
/// @param traceCollector `OTEL_EXPORTER_OTLP_ENDPOINT` of a master, where traces are sent; null =
///   nowhere
/// @param replicationBroker the broker that batches and their answers travel by, with the password;
///   null = they travel by HTTP
public record NodeSettings(
    Role role,
    String node,
    int port,
    String portVariable,
    @Nullable Integer managementPort,
    String bindAddress,
    Path dataDirectory,
    int masterPort,
    @Nullable String masterPublicUrl,
    String clusterId,
    @Nullable String clusterToken,
    Path clusterTokenFile,
    FsyncMode fsync,
    Duration fsyncInterval,
    int maxMessageBytes,
    int maxBulkBytes,
    int maxBlockedWrites,
    WriteConcern writeConcernDefault,
    @Nullable Duration writeTimeout,
    FaultSettings faults,
    LogFormat logFormat,
    boolean logMessages,
    List<String> corsOrigins,
    int scrubBytesPerSecond,
    Duration scrubInterval,
    boolean acceptDataLoss,
    Retention retention,
    int tableMaxBytes,
    Duration replicationDelay,
    Feed feed,
    @Nullable URI upstream,
    List<Peer> followers,
    boolean quorumAppend,
    boolean bootstrapAlone,
    AccessSettings access,
    @Nullable TlsSettings tls,
    @Nullable URI traceCollector,
    @Nullable URI replicationBroker) {

  /// The highest value that `MAX_MESSAGE_SIZE` may have. What is read from other nodes is checked
  /// against this and not against the own setting, which may have been another one when a message
  /// was accepted.
  public static final int LARGEST_MESSAGE_BYTES = 32 << 20;

  /// Bytes that JSON may need for one byte of text, such as a control character.
  public static final int ESCAPED_BYTES = 6;

  /// What may stand around a text, in bytes.
  public static final int OVERHEAD_BYTES = 64 << 10;

  public NodeSettings {
    corsOrigins = List.copyOf(corsOrigins);
    followers = List.copyOf(followers);
  }

  /// Bytes of the longest JSON that adds one message.
  public int maxAddBytes() {
    return ESCAPED_BYTES * maxMessageBytes + OVERHEAD_BYTES;
  }

  /// N, every node of the cluster, as a master knows it.
  public int clusterSize() {
    return followers.size() + 1;
  }

  /// Whether this node pulls from an upstream: it counts for no write concern, and no master sends
  /// to it.
  public boolean isLayerNode() {
    return upstream != null;
  }

  /// Whether batches travel by a broker to and from this node: not below the followers.
  public boolean usesBroker() {
    return replicationBroker != null && !isLayerNode();
  }

  /// The same without the secret.
  @Override
  public String toString() {
    return "NodeSettings[%s %s, port %d, data %s]".formatted(role, node, port, dataDirectory);
  }
}
