package io.replog.master.read;

import io.replog.model.Envelope;
import io.replog.node.log.NodeLog;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /cluster/messages?read=first|majority|all`: one page of the log as several nodes show it,
/// with `found_on` for each message and the nodes' own views.
@RestController
final class ClusterMessagesController {

  private final ClusterReads reads;
  private final NodeLog log;

  ClusterMessagesController(ClusterReads reads, NodeLog log) {
    this.reads = reads;
    this.log = log;
  }

  @GetMapping(path = "/cluster/messages", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<ClusterPage> messages(HttpServletRequest request) throws InterruptedException {
    List<String> names = reads.names();
    ClusterQuery query = ClusterQuery.of(request, names, log.firstIndex());
    ClusterPage page = ClusterPage.of(query.kind(), names.size(), reads.views(query));
    requireSmall(query, page);
    requireEnough(query.kind(), page);
    return Envelope.ok(
        "%d of %d nodes answered".formatted(page.answered(), query.nodes().size()), page);
  }

  /// A page that no node may answer is the caller's mistake, no outage: it stays as large.
  private void requireSmall(ClusterQuery query, ClusterPage page) {
    if (page.answered() < needed(query.kind(), page, 1)
        && page.views().stream().anyMatch(NodeView::tooLarge)) {
      throw Refusal.of(
          ProblemType.BAD_REQUEST,
          "limit is %d, and so many messages from %d on have more than %d bytes: ask for fewer"
              .formatted(query.limit(), query.from(), reads.maxAnswerBytes()),
          Map.of("reason", "PAGE_TOO_LARGE", "max_bytes", reads.maxAnswerBytes()));
    }
  }

  private static int needed(ClusterQuery.Kind kind, ClusterPage page, int ofAll) {
    return switch (kind) {
      case FIRST -> 1;
      case MAJORITY -> page.majority();
      case ALL -> ofAll;
    };
  }

  /// Nothing can be said of a majority that has not answered. Who asks for all is shown whatever
  /// there is.
  private static void requireEnough(ClusterQuery.Kind kind, ClusterPage page) {
    int needed = needed(kind, page, 0);
    if (page.answered() < needed) {
      throw Refusal.unavailable(
          "%d of %d nodes answered, %d are needed"
              .formatted(page.answered(), page.clusterSize(), needed),
          Map.of(
              "reason",
              "TOO_FEW_ANSWERS",
              "answered",
              page.answered(),
              "needed",
              needed,
              "views",
              page.views()),
          1);
    }
  }
}
