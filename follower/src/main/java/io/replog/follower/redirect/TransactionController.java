package io.replog.follower.redirect;

import io.replog.model.Envelope;
import io.replog.node.api.Allowed;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.api.Takes;
import io.replog.node.http.MasterAddress;
import io.replog.node.problem.ProblemType;
import io.replog.node.table.LayerReads;
import io.replog.node.table.TransactionAnswer;
import io.replog.node.table.TransactionForm;
import io.replog.node.table.TransactionReader;
import io.replog.table.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `POST /transactions` on a follower: what only reads is read here, everything else goes to the
/// master.
@RestController
final class TransactionController {

  private final TransactionReader reader;
  private final LayerReads layers;
  private final MasterAddress master;
  private final JsonMapper json;

  TransactionController(
      TransactionReader reader, LayerReads layers, MasterAddress master, JsonMapper json) {
    this.reader = reader;
    this.layers = layers;
    this.master = master;
    this.json = json;
  }

  /// Carries out a transaction that only reads (`b0`, or with `layer`), at this node and at one
  /// entry; sends whoever has one of the core to the master.
  @Takes(
      name = "min_index",
      allowed = @Allowed(least = 0),
      otherwise = "0",
      says = "The answer waits until this node shows this index. Of what is read here only.")
  @Takes(
      name = "wait_ms",
      allowed = @Allowed(least = 0, most = 60_000),
      otherwise = "0",
      says = "How long it waits for min_index, milliseconds; then the answer is 412.")
  @Sends(form = TransactionForm.class, example = "{\"layer\":0,\"operations\":[{\"read\":\"30\"}]}")
  @Sends(type = MediaType.TEXT_PLAIN_VALUE, form = String.class, example = "b0, r(30), c")
  @Gives(
      says = "What was read, all of it at one entry.",
      data = TransactionAnswer.class,
      headers = {
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_FIRST_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.COMMIT_INDEX,
        AnswerHeader.LOG_VERSION,
        AnswerHeader.LOG_BEHIND,
        AnswerHeader.LOG_STALE_MS,
        AnswerHeader.LOG_ID,
        AnswerHeader.NODE,
        AnswerHeader.VARY
      },
      example =
          "{\"status_code\":200,\"message\":\"Transaction read at #7\",\"data\":{\"index\":7,"
              + "\"transaction\":\"b0, r(30)=, c\",\"reads\":[{\"key\":\"30\",\"value\":null}]}}")
  @Gives(
      says = "The same in the notation, with the value behind each read.",
      type = MediaType.TEXT_PLAIN_VALUE,
      body = String.class)
  @Gives(
      status = 307,
      says = "The same call at the master, query included.",
      headers = AnswerHeader.LOCATION,
      data = Void.class,
      example =
          "{\"status_code\":307,\"message\":\"Transactions of the core are committed at the"
              + " master\",\"data\":null}")
  @Refuses({ProblemType.NOT_ACCEPTABLE, ProblemType.PRECONDITION_FAILED, ProblemType.UNAVAILABLE})
  @PostMapping(
      path = "/transactions",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  void transact(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    Transaction transaction = reader.read(request).transaction();
    if (transaction.isReadOnly()) {
      layers.answer(transaction, request, response);
    } else {
      redirect(request, response);
    }
  }

  private void redirect(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setStatus(307);
    response.setHeader(HttpHeaders.LOCATION, master.sameCall(request));
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response
        .getOutputStream()
        .write(
            json.writeValueAsBytes(
                new Envelope<Void>(
                    307, "Transactions of the core are committed at the master", null)));
  }
}
