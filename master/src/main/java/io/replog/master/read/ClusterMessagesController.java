package io.replog.master.read;

import io.replog.model.Envelope;
import io.replog.node.api.Allowed;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
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

  /// One page of the log as several nodes show it.
  ///
  /// Beside the messages that count stands on how many nodes each was found, and what every node
  /// said itself.
  @Takes(
      name = "read",
      allowed = @Allowed(words = {"first", "majority", "all"}),
      otherwise = "majority",
      says =
          "Which answer counts: that of the node that answers first, what a majority of all nodes"
              + " holds, or everything that anybody holds.")
  @Takes(
      name = "nodes",
      example = "master",
      says = "Names of the nodes to ask, separated by commas; not with read=majority.")
  @Takes(
      name = "from",
      allowed = @Allowed(least = 1),
      example = "1",
      says = "First index of the page; without it the first that the master keeps.")
  @Takes(
      name = "limit",
      allowed = @Allowed(least = 1, most = ClusterQuery.MAX_LIMIT),
      otherwise = "100",
      says = "Messages of the page at most.")
  @Takes(
      name = "wait_ms",
      allowed = @Allowed(least = 1, most = 10_000),
      otherwise = "2000",
      says = "How long a node may take, milliseconds.")
  @Gives(says = "The page.")
  @Refuses(
      value = ProblemType.UNAVAILABLE,
      says = "Too few nodes have answered; data.views says what the others said.")
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
