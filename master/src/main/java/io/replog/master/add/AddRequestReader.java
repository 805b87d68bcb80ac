package io.replog.master.add;

import io.replog.master.members.Members;
import io.replog.model.EntryKind;
import io.replog.model.Utf8;
import io.replog.model.WriteConcern;
import io.replog.node.http.Parameters;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.node.table.TransactionRequest;
import io.replog.replication.master.MasterInput.Message;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/// Turns a body and the key beside it into a valid request, or says which field has which value and
/// what is allowed. What is not JSON at all does not come here.
@Component
final class AddRequestReader {

  static final long MAX_TIMEOUT_MILLIS = 86_400_000;
  private static final int MAX_KEY_CHARACTERS = 128;
  private static final int SHOWN_CHARACTERS = 40;

  private final Members members;
  private final int maxMessageBytes;
  private final WriteConcern defaultConcern;
  private final long defaultTimeoutNanos;
  private final long maxTimeoutMillis;

  AddRequestReader(NodeSettings settings, Members members) {
    this.members = members;
    this.maxMessageBytes = settings.maxMessageBytes();
    this.defaultConcern = settings.writeConcernDefault();
    Duration longest = settings.access().maxTimeout();
    this.maxTimeoutMillis = longest == null ? MAX_TIMEOUT_MILLIS : longest.toMillis();
    this.defaultTimeoutNanos = defaultTimeoutNanos(settings.writeTimeout(), longest);
  }

  /// The shorter of both, 0 where none is set: as long as it takes.
  private static long defaultTimeoutNanos(@Nullable Duration wanted, @Nullable Duration longest) {
    return Stream.of(wanted, longest)
        .filter(Objects::nonNull)
        .mapToLong(Duration::toNanos)
        .min()
        .orElse(0);
  }

  /// @throws Refusal if anything about the request is wrong
  AddRequest read(JsonNode body, @Nullable String key) {
    if (!body.isObject()) {
      throw Refusal.badRequest("the body must be a JSON object such as {\"data\":\"msg1\"}");
    }
    String text = text(body.get("data"));
    return request(EntryKind.MESSAGE, text, key, body.get("write_concern"), body.get("timeout_ms"));
  }

  /// What stands beside a transaction; that itself has been read.
  ///
  /// @throws Refusal if anything about it is wrong
  AddRequest read(EntryKind kind, TransactionRequest request, @Nullable String key) {
    return request(
        kind,
        request.transaction().notation(),
        key,
        request.writeConcern(),
        request.timeoutMillis());
  }

  private AddRequest request(
      EntryKind kind,
      String text,
      @Nullable String key,
      @Nullable JsonNode concern,
      @Nullable JsonNode timeout) {
    String valid = key(key);
    int clusterSize = members.clusterSize();
    WriteConcern wanted = concern(concern, clusterSize);
    return new AddRequest(
        kind, text, valid, wanted, wanted.requiredNodes(clusterSize), timeoutNanos(timeout));
  }

  /// One line of a bulk add. What stands in the query for all lines has no place in one of them.
  ///
  /// @throws Refusal if anything about it is wrong
  Message message(JsonNode line) {
    if (!line.isObject()) {
      throw Refusal.badRequest("must be a JSON object such as {\"data\":\"msg1\"}");
    }
    if (line.has("write_concern") || line.has("timeout_ms")) {
      throw Refusal.badRequest(
          "write_concern and timeout_ms stand in the query, for all lines together");
    }
    JsonNode key = line.get("key");
    if (key != null && !key.isString() && !key.isNull()) {
      throw Refusal.badRequest("key must be a string, not " + shown(key));
    }
    String text = text(line.get("data"));
    return new Message(key == null || key.isNull() ? null : key(key.stringValue()), text);
  }

  /// What the query of a bulk add says for all of its lines.
  ///
  /// @throws Refusal if it is wrong
  BulkRequest bulk(Parameters query) {
    int clusterSize = members.clusterSize();
    WriteConcern wanted = concern(query.json("write_concern"), clusterSize);
    return new BulkRequest(
        wanted, wanted.requiredNodes(clusterSize), timeoutNanos(query.json("timeout_ms")));
  }

  private String text(@Nullable JsonNode data) {
    if (data == null) {
      throw Refusal.badRequest("data is missing: it must be a string");
    }
    if (!data.isString()) {
      throw Refusal.badRequest("data must be a string, not " + shown(data));
    }
    String text = data.stringValue();
    if (Utf8.loneSurrogate(text) >= 0) {
      throw Refusal.badRequest("data holds half a surrogate pair, which is not Unicode text");
    }
    int bytes = Utf8.length(text);
    if (bytes > maxMessageBytes) {
      throw Refusal.of(
          ProblemType.TOO_LARGE,
          "data has %d bytes in UTF-8, at most %d are allowed (MAX_MESSAGE_SIZE)"
              .formatted(bytes, maxMessageBytes));
    }
    return text;
  }

  private WriteConcern concern(@Nullable JsonNode concern, int clusterSize) {
    if (concern == null) {
      requireReachable(defaultConcern.requiredNodes(clusterSize), clusterSize);
      return defaultConcern;
    }
    if (concern.isString()) {
      return switch (concern.stringValue()) {
        case "majority" -> new WriteConcern.Majority();
        case "all" -> new WriteConcern.All();
        default -> throw badConcern(concern, clusterSize);
      };
    }
    if (!concern.isIntegralNumber()) {
      throw badConcern(concern, clusterSize);
    }
    return new WriteConcern.Count(inCluster(concern, clusterSize));
  }

  private static void requireReachable(int byDefault, int clusterSize) {
    if (byDefault > clusterSize) {
      throw Refusal.badRequest(
          "write_concern is missing, and WRITE_CONCERN_DEFAULT=%d is more than the %d nodes that there are: name one"
              .formatted(byDefault, clusterSize));
    }
  }

  private static int inCluster(JsonNode concern, int clusterSize) {
    boolean tooLarge = concern.bigIntegerValue().bitLength() > Integer.SIZE - 1;
    if (concern.bigIntegerValue().signum() > 0 && (tooLarge || concern.intValue() > clusterSize)) {
      throw Refusal.badRequest(
          "write_concern is %s, but the maximum is %d: the master and %d followers"
              .formatted(shown(concern), clusterSize, clusterSize - 1));
    }
    if (concern.bigIntegerValue().signum() <= 0) {
      throw badConcern(concern, clusterSize);
    }
    return concern.intValue();
  }

  private static Refusal badConcern(JsonNode concern, int clusterSize) {
    return Refusal.badRequest(
        "write_concern must be an integer from 1 to %d, \"majority\" or \"all\", not %s"
            .formatted(clusterSize, shown(concern)));
  }

  private long timeoutNanos(@Nullable JsonNode timeout) {
    if (timeout == null) {
      return defaultTimeoutNanos;
    }
    if (!timeout.isIntegralNumber() || !timeout.canConvertToLong()) {
      throw badTimeout(timeout);
    }
    long millis = timeout.longValue();
    if (millis < 1 || millis > maxTimeoutMillis) {
      throw badTimeout(timeout);
    }
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }

  private Refusal badTimeout(JsonNode timeout) {
    return Refusal.badRequest(
        "timeout_ms must be an integer from 1 to %d, not %s"
            .formatted(maxTimeoutMillis, shown(timeout)));
  }

  private static @Nullable String key(@Nullable String key) {
    if (key == null) {
      return null;
    }
    boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
    if (key.isEmpty() || key.length() > MAX_KEY_CHARACTERS || !visible) {
      throw Refusal.badRequest(
          "Idempotency-Key must have 1 to %d visible ASCII characters"
              .formatted(MAX_KEY_CHARACTERS));
    }
    return key;
  }

  /// A value as it may stand in a message: short, on one line.
  private static String shown(JsonNode value) {
    String json =
        value.isContainer()
            ? value.getNodeType().name().toLowerCase(Locale.ROOT)
            : value.toString();
    return json.length() <= SHOWN_CHARACTERS ? json : json.substring(0, SHOWN_CHARACTERS) + "…";
  }
}
