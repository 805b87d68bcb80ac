package io.replog.node.table;

import io.replog.node.feed.Standpoint;
import io.replog.node.messages.ReadPoint;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.table.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Carries out transactions that only read, at this node: all of their reads at one entry, which
/// the answer names. Nothing is appended.
@Component
public final class LayerReads {

  private static final int RETRY_AFTER_SECONDS = 1;

  private final NodeTable table;
  private final ReadPoint point;
  private final TransactionForms forms;
  private final Standpoint standpoint;

  LayerReads(NodeTable table, ReadPoint point, TransactionForms forms, Standpoint standpoint) {
    this.table = table;
    this.point = point;
    this.forms = forms;
    this.standpoint = standpoint;
  }

  /// @param transaction one with a layer
  /// @throws Refusal 400 if this node is of another layer, 413 if it reads too much for an answer;
  ///   else as `GET /table`
  public void answer(
      Transaction transaction, HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    requireLayer(transaction);
    TransactionForms.Form form = TransactionForms.wanted(request);
    TableQuery query = TableQuery.of(request);
    point.awaitWhole(query.minIndex(), query.patience());
    Seen seen = table.look((rows, at) -> new Seen(at.index(), rows.read(transaction)));
    TransactionAnswer.requireBound(seen.values());
    point.describe(response, seen.index());
    forms.write(
        response,
        form,
        "Transaction read at #" + seen.index(),
        TransactionAnswer.of(seen.index(), transaction, seen.values()));
  }

  private record Seen(long index, List<@Nullable String> values) {}

  /// A layer node learns from its upstream which layer it is of.
  private void requireLayer(Transaction transaction) {
    Integer own = standpoint.layer();
    if (own == null) {
      throw Refusal.unavailable(
          "this node has not heard from its upstream yet, and does not know its layer",
          "LAYER_UNKNOWN",
          RETRY_AFTER_SECONDS);
    }
    if (!own.equals(transaction.layer())) {
      throw Refusal.of(
          ProblemType.BAD_REQUEST,
          "this node is of layer %d, it cannot read on layer %s: send b%d here, or ask a node of that layer"
              .formatted(own, transaction.layer(), own),
          Map.of("reason", "OTHER_LAYER", "layer", own));
    }
  }
}
