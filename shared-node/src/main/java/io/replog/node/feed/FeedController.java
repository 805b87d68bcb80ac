package io.replog.node.feed;

import io.replog.model.Envelope;
import io.replog.model.FedNode;
import io.replog.model.FeedAnswer;
import io.replog.model.FeedRequest;
import io.replog.model.Promise;
import io.replog.model.RefusalReason;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.http.MasterAddress;
import io.replog.node.problem.ProblemType;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `POST /cluster/feed`: a layer node asks for the next version. The call waits, on its virtual
/// thread, until there is one or its time is over.
@RestController
final class FeedController {

  private final FeedSource source;
  private final FedNodes fed;
  private final Standpoint standpoint;
  private final MasterAddress master;
  private final NodeSettings settings;

  FeedController(
      FeedSource source,
      FedNodes fed,
      Standpoint standpoint,
      MasterAddress master,
      NodeSettings settings) {
    this.source = source;
    this.fed = fed;
    this.standpoint = standpoint;
    this.master = master;
    this.settings = settings;
  }

  /// The entries behind a position, up to the newest version that a feed may see.
  ///
  /// Nothing is handed over that this node does not know to be committed. The answer waits for a
  /// newer version for `wait_ms`, and comes without entries when there is none.
  @Sends(
      form = FeedRequest.class,
      example =
          "{\"cluster_id\":\"replog\",\"node\":\"layer-1-1\",\"port\":6064,"
              + "\"feed\":\"every 10 messages\",\"layer\":null,\"log_id\":null,"
              + "\"position\":{\"index\":0,\"epoch\":0,\"chain\":\"0000000000000000\"},"
              + "\"version\":0,\"behind\":null,\"stale_ms\":null,\"wait_ms\":0,"
              + "\"max_bytes\":1048576,\"fed\":[]}")
  @Gives(says = "The entries, fewer than there are where they are many.")
  @Refuses({ProblemType.CONFLICT, ProblemType.GONE, ProblemType.UNAVAILABLE})
  @PostMapping(path = "/cluster/feed", consumes = MediaType.APPLICATION_JSON_VALUE)
  Envelope<FeedAnswer> feed(@RequestBody FeedRequest body, HttpServletRequest request)
      throws InterruptedException {
    Wanted wanted = Wanted.of(body);
    requireRelated(wanted);
    fed.heard(wanted.below());
    fed.heard(List.of(self(wanted, request)));
    FeedSource.Portion portion =
        source.behind(
            wanted.position(),
            wanted.feed(),
            Duration.ofMillis(wanted.waitMillis()),
            wanted.maxBytes());
    return Envelope.ok(
        "The version of this feed is #" + portion.version(), answer(portion, request));
  }

  private void requireRelated(Wanted wanted) {
    if (!wanted.clusterId().equals(settings.clusterId())) {
      throw Conflict.of(
          RefusalReason.OTHER_CLUSTER,
          "this node belongs to cluster %s, not to %s"
              .formatted(settings.clusterId(), wanted.clusterId()));
    }
    if (wanted.isOrFeeds(settings.node())) {
      throw Conflict.of(
          RefusalReason.OTHER_WRITER,
          "%s is fed by %s already: the upstreams form a circle"
              .formatted(settings.node(), wanted.node()));
    }
    Promise promise = source.promise();
    String held = wanted.heldLogId();
    if (promise != null && held != null && !promise.logId().equals(held)) {
      throw Conflict.of(
          RefusalReason.OTHER_LOG,
          "this node holds log %s, not %s".formatted(promise.logId(), held));
    }
  }

  private FedNode self(Wanted wanted, HttpServletRequest request) {
    String host = request.getRemoteAddr();
    String url =
        "%s://%s:%d"
            .formatted(
                request.getScheme(), host.contains(":") ? "[" + host + "]" : host, wanted.port());
    return wanted.seenBy(settings.node(), url, layerBelow());
  }

  private @Nullable Integer layerBelow() {
    Integer own = standpoint.layer();
    return own == null ? null : Integer.valueOf(own + 1);
  }

  private FeedAnswer answer(FeedSource.Portion portion, HttpServletRequest request)
      throws InterruptedException {
    Standpoint.Known known = standpoint.known();
    Promise promise = source.promise();
    return new FeedAnswer(
        settings.node(),
        standpoint.layer(),
        promise == null ? null : promise.logId(),
        promise == null ? 0 : promise.epoch(),
        promise == null ? null : promise.startId(),
        portion.version(),
        known.index(),
        known.ageMillis(),
        source.firstIndex(),
        portion.base(),
        portion.entries(),
        master.publicUrl(),
        master.port(request));
  }
}
