package io.replog.master.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Feed;
import io.replog.model.Member;
import io.replog.node.api.Allowed;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.Forms;
import io.replog.node.settings.Peer;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Who wants to join.
///
/// JSON: `{"node":"follower-3","url":"http://127.0.0.1:6064","feed":"eager","timeout_ms":60000}`
///
/// @param node its name, unique in the cluster
/// @param url where the master reaches it: scheme, host and port
/// @param feed how entries come to it, `eager` when left out: it counts. A layer node, which pulls,
///   is noted and does not count
/// @param timeoutMillis how long it may take to catch up
record JoinRequest(
    @JsonProperty("node") @Allowed(pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,62}")
        @Nullable String node,
    @JsonProperty("url") @Nullable String url,
    @JsonProperty("feed") @Nullable String feed,
    @JsonProperty("timeout_ms") @Allowed(least = 1, most = JoinRequest.MAX_TIMEOUT_MILLIS)
        @Nullable Long timeoutMillis) {

  static final long MAX_TIMEOUT_MILLIS = 600_000;
  private static final long USUAL_TIMEOUT_MILLIS = 60_000;

  /// @throws Refusal 400 that names the first field that is wrong
  Member member() {
    if (node == null || !Forms.isName(node)) {
      throw Refusal.badRequest(
          "node must be a name of 1 to 63 letters, digits, dots, dashes and underscores, such as"
              + " follower-3");
    }
    if (url == null || !Peer.isBase(url) || isLinkLocal(url)) {
      throw Refusal.badRequest(
          "url must be scheme, host and port, such as http://10.0.0.4:6064;"
              + " no link-local address");
    }
    String written = feed == null ? Member.EAGER : feed;
    Feed words =
        Feed.parse(written)
            .orElseThrow(
                () -> Refusal.badRequest("feed must be " + Feed.FORMS + ", not " + written));
    return new Member(node, url, words.words());
  }

  /// Where clouds keep secrets for whoever asks from the machine itself.
  private static boolean isLinkLocal(String url) {
    String host = URI.create(url).getHost();
    return host.startsWith("169.254.") || host.startsWith("[fe8");
  }

  /// @throws Refusal 400 if it is out of its bounds
  long timeout() {
    long millis = timeoutMillis == null ? USUAL_TIMEOUT_MILLIS : timeoutMillis;
    if (millis < 1 || millis > MAX_TIMEOUT_MILLIS) {
      throw Refusal.badRequest(
          "timeout_ms must be an integer from 1 to %d, not %d"
              .formatted(MAX_TIMEOUT_MILLIS, millis));
    }
    return millis;
  }
}
