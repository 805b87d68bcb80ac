package io.replog.node.feed;

import io.replog.model.FedNode;
import io.replog.model.Feed;
import io.replog.model.FeedRequest;
import io.replog.model.Position;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.Forms;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A request of a layer node whose fields are within their bounds.
///
/// @param body the request
/// @param feed its feed, read
record Wanted(FeedRequest body, Feed feed) {

  private static final long MAX_WAIT_MILLIS = 30_000;
  private static final int MAX_BYTES = 8 << 20;
  private static final int MAX_PORT = 65_535;
  private static final int MAX_URL_CHARACTERS = 300;

  /// @throws Refusal 400 that names the field, its value and what is allowed
  static Wanted of(FeedRequest body) {
    required("cluster_id", body.clusterId());
    required("position", body.position());
    within("port", body.port(), 0, MAX_PORT);
    within("wait_ms", body.waitMillis(), 0, MAX_WAIT_MILLIS);
    within("max_bytes", body.maxBytes(), 1, MAX_BYTES);
    within("version", body.version(), 0, Long.MAX_VALUE);
    within("position.index", body.position().index(), 0, Long.MAX_VALUE - 1);
    if (!Forms.isName(required("node", body.node()))) {
      throw Refusal.badRequest("node must be the name of a node");
    }
    return new Wanted(body, feedOf(body));
  }

  private static Feed feedOf(FeedRequest body) {
    return Feed.parse(required("feed", body.feed()))
        .filter(feed -> !(feed instanceof Feed.Eager))
        .orElseThrow(
            () ->
                Refusal.badRequest(
                    "feed must be every N messages or every T; eager nodes are fed by the master"));
  }

  /// JSON may say null where there must be a value.
  private static <T> T required(String field, @Nullable T value) {
    if (value == null) {
      throw Refusal.badRequest(field + " is missing");
    }
    return value;
  }

  private static void within(String field, long value, long least, long most) {
    if (value < least || value > most) {
      throw Refusal.badRequest(
          most >= Long.MAX_VALUE - 1
              ? "%s is %d, it must be a whole number of at least %d".formatted(field, value, least)
              : "%s is %d, it must be a whole number from %d to %d"
                  .formatted(field, value, least, most));
    }
  }

  String clusterId() {
    return body.clusterId();
  }

  String node() {
    return body.node();
  }

  int port() {
    return body.port();
  }

  Position position() {
    return body.position();
  }

  long waitMillis() {
    return body.waitMillis();
  }

  int maxBytes() {
    return body.maxBytes();
  }

  /// The log of the entries that it holds, null when it holds none.
  @Nullable String heldLogId() {
    return position().index() == 0 ? null : body.logId();
  }

  /// Whether it is `name`, or word of `name` has come to it from below.
  boolean isOrFeeds(String name) {
    return node().equals(name) || below().stream().anyMatch(each -> each.node().equals(name));
  }

  /// The layer nodes below it, as many as anybody remembers. What could not have been said by a
  /// node is left out: it would go up to the master.
  List<FedNode> below() {
    List<FedNode> fed = body.fed();
    return fed == null
        ? List.of()
        : fed.stream().filter(Wanted::isSound).limit(FedNodes.MAX_NODES).toList();
  }

  private static boolean isSound(FedNode node) {
    return Forms.isName(node.node())
        && Forms.isName(node.upstream())
        && node.url().length() <= MAX_URL_CHARACTERS
        && Feed.parse(node.feed()).isPresent();
  }

  /// The node itself, as its upstream knows it from now on.
  FedNode seenBy(String upstream, String url, @Nullable Integer layer) {
    return new FedNode(
        node(),
        url,
        feed.words(),
        upstream,
        layer,
        body.version(),
        body.behind(),
        body.staleMillis(),
        0);
  }
}
