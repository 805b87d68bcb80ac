package io.replog.log;

import io.replog.model.Chain;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/// What a data directory says of itself in `meta.json`, with a checksum as its last member.
///
/// JSON: `{"format":1,"cluster_id":"replog","node":"follower-1","incarnation":"5f…",
/// "clean_shutdown":false,"doubtful":false,"promised_epoch":3,"promised_start_id":"71…","log_id":"9c…",
/// "crc32c":"0a1b2c3d"}`, and in format 2 before the checksum
/// `"base_log_id":"9c…","base_index":400, "base_epoch":2,"base_chain":"00f3a91c55d2e7b4"`; in
/// format 3 they may be there or not
///
/// @param clusterId name of the cluster
/// @param node name of the node
/// @param incarnation identity of the directory, made with it, and again when entries are missing
/// @param cleanShutdown whether everything was forced and nothing written since
/// @param doubtful whether something was cut off, damaged or missing since the last promise
/// @param promise last promise, null when none was made
/// @param base where the log begins, null when it begins with its first entry; with a base the
///   format is 2, so that a program that knows none does not take what was released for lost
/// @param kinds whether entries that are no messages may be in the log, or may have been: then the
///   format is 3, so that a program that knows only messages does not take such an entry for
///   damaged
record Meta(
    String clusterId,
    String node,
    String incarnation,
    boolean cleanShutdown,
    boolean doubtful,
    @Nullable Promise promise,
    @Nullable Base base,
    boolean kinds) {

  /// Highest format that is known.
  static final int FORMAT = 3;

  private static final int FORMAT_WITH_BASE = 2;
  private static final int FORMAT_WITHOUT_BASE = 1;

  private static final String CRC_MEMBER = ",\"crc32c\":\"";

  /// For a directory that is new.
  static Meta fresh(String clusterId, String node) {
    return new Meta(clusterId, node, UUID.randomUUID().toString(), true, false, null, null, false);
  }

  Meta withCleanShutdown(boolean clean) {
    return new Meta(clusterId, node, incarnation, clean, doubtful, promise, base, kinds);
  }

  Meta withNewIncarnation() {
    return new Meta(
        clusterId,
        node,
        UUID.randomUUID().toString(),
        cleanShutdown,
        doubtful,
        promise,
        base,
        kinds);
  }

  Meta withDoubt() {
    return new Meta(clusterId, node, incarnation, cleanShutdown, true, promise, base, kinds);
  }

  /// Ends the doubt: a master promises when it has what the others have.
  Meta withPromise(Promise made) {
    return new Meta(clusterId, node, incarnation, cleanShutdown, false, made, base, kinds);
  }

  Meta withBase(Base begin) {
    return new Meta(clusterId, node, incarnation, cleanShutdown, doubtful, promise, begin, kinds);
  }

  /// Before the first entry that is no message.
  Meta withKinds() {
    return new Meta(clusterId, node, incarnation, cleanShutdown, doubtful, promise, base, true);
  }

  /// The log of the promise, or of what was held without one; null when there is none.
  @Nullable String boundLogId() {
    return promise == null && base != null ? base.logId() : logId();
  }

  @Nullable String logId() {
    return promise == null ? null : promise.logId();
  }

  byte[] encode() {
    Map<String, @Nullable Object> members = new LinkedHashMap<>();
    members.put("format", format());
    members.put("cluster_id", clusterId);
    members.put("node", node);
    members.put("incarnation", incarnation);
    members.put("clean_shutdown", cleanShutdown);
    members.put("doubtful", doubtful);
    members.put("promised_epoch", promise == null ? 0L : promise.epoch());
    members.put("promised_start_id", promise == null ? null : promise.startId());
    members.put("log_id", logId());
    if (base != null) {
      members.put("base_log_id", base.logId());
      members.put("base_index", base.position().index());
      members.put("base_epoch", base.position().epoch());
      members.put("base_chain", Chain.toDigits(base.position().chain()));
    }
    String json = FlatJson.write(members);
    String open = json.substring(0, json.length() - 1);
    return (open + closing(open)).getBytes(StandardCharsets.UTF_8);
  }

  /// @throws IllegalArgumentException if anything differs from what [#encode] would write
  /// @throws LogRefusedException if the format is newer
  static Meta decode(byte[] bytes) {
    String json = new String(bytes, StandardCharsets.UTF_8);
    int crcAt = json.lastIndexOf(CRC_MEMBER);
    if (crcAt < 0 || !json.substring(crcAt).equals(closing(json.substring(0, crcAt)))) {
      throw new IllegalArgumentException("the checksum is wrong");
    }
    Map<String, @Nullable Object> members = FlatJson.parse(json.stripTrailing());
    requireFormat(members.get("format"));
    return new Meta(
        string(members, "cluster_id"),
        string(members, "node"),
        string(members, "incarnation"),
        Boolean.TRUE.equals(members.get("clean_shutdown")),
        Boolean.TRUE.equals(members.get("doubtful")),
        promise(members),
        base(members),
        Long.valueOf(FORMAT).equals(members.get("format")));
  }

  private int format() {
    if (kinds) {
      return FORMAT;
    }
    return base == null ? FORMAT_WITHOUT_BASE : FORMAT_WITH_BASE;
  }

  private static @Nullable Base base(Map<String, @Nullable Object> members) {
    if (members.get("base_index") instanceof Long index
        && members.get("base_epoch") instanceof Long epoch) {
      long chain = Chain.fromDigits(string(members, "base_chain"));
      return new Base(string(members, "base_log_id"), new Position(index, epoch, chain));
    }
    return null;
  }

  private static @Nullable Promise promise(Map<String, @Nullable Object> members) {
    return members.get("promised_epoch") instanceof Long epoch && epoch > 0
        ? new Promise(epoch, string(members, "promised_start_id"), string(members, "log_id"))
        : null;
  }

  private static void requireFormat(@Nullable Object format) {
    if (!(format instanceof Long known) || known < FORMAT_WITHOUT_BASE || known > FORMAT) {
      throw new LogRefusedException(
          "the data directory has format " + format + ", this program knows " + FORMAT);
    }
  }

  private static String string(Map<String, @Nullable Object> members, String name) {
    if (members.get(name) instanceof String value) {
      return value;
    }
    throw new IllegalArgumentException("no string \"" + name + '"');
  }

  private static String closing(String open) {
    CRC32C crc = new CRC32C();
    crc.update(open.getBytes(StandardCharsets.UTF_8));
    return CRC_MEMBER + "%08x\"}%n".formatted((int) crc.getValue()).replace("\r", "");
  }
}
