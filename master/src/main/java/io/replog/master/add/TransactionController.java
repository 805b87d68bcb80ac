package io.replog.master.add;

import io.replog.model.EntryKind;
import io.replog.node.api.Allowed;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.api.Takes;
import io.replog.node.problem.ProblemType;
import io.replog.node.security.Identity;
import io.replog.node.table.LayerReads;
import io.replog.node.table.NodeTable;
import io.replog.node.table.TransactionAnswer;
import io.replog.node.table.TransactionForm;
import io.replog.node.table.TransactionForms;
import io.replog.node.table.TransactionReader;
import io.replog.node.table.TransactionRequest;
import io.replog.replication.master.AddOutcome;
import io.replog.table.Transaction;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /transactions` on the master: reads and writes of the table that happen together.
///
/// A transaction of the core is one entry of the log, appended as a message is. What it reads is
/// what the table holds at that entry, on every node.
@RestController
final class TransactionController {

  private final TransactionReader reader;
  private final AddRequestReader requests;
  private final Adding adding;
  private final AddAnswers answers;
  private final Connections connections;
  private final NodeTable table;
  private final LayerReads layers;
  private final TransactionForms forms;

  TransactionController(
      TransactionReader reader,
      AddRequestReader requests,
      Adding adding,
      AddAnswers answers,
      Connections connections,
      NodeTable table,
      LayerReads layers,
      TransactionForms forms) {
    this.reader = reader;
    this.requests = requests;
    this.adding = adding;
    this.answers = answers;
    this.connections = connections;
    this.table = table;
    this.layers = layers;
    this.forms = forms;
  }

  /// Carries out a transaction: all of it or nothing, with nothing of anybody else in between.
  ///
  /// One of the core (`b`, or without `layer`) is one entry of the log, and is answered when as
  /// many nodes hold it durably as were asked for; definite refusals append nothing, ever. One of a
  /// layer (`b0`) only reads, at this node and at one entry. It is validated as a whole before
  /// anything happens.
  @Takes(
      name = "write_concern",
      allowed =
          @Allowed(
              least = 1,
              words = {"majority", "all"}),
      says = "As in the body of an add. Of text bodies only.")
  @Takes(
      name = "timeout_ms",
      allowed = @Allowed(least = 1, most = AddRequestReader.MAX_TIMEOUT_MILLIS),
      says = "As in the body of an add. Of text bodies only.")
  @Takes(
      name = AddController.KEY_HEADER,
      in = Takes.Place.HEADER,
      allowed = @Allowed(pattern = "[!-~]{1,128}"),
      example = "transfer-17",
      says =
          "A repeated transaction with the same key answers for the same entry and appends nothing;"
              + " another one under the same key is refused.")
  @Sends(
      form = TransactionForm.class,
      example =
          "{\"operations\":[{\"read\":\"12\"},{\"write\":{\"key\":\"49\",\"value\":\"53\"}}]}")
  @Sends(
      type = MediaType.TEXT_PLAIN_VALUE,
      form = String.class,
      example = "b, r(12), w(49,53), r(69), c")
  @Gives(
      says = "As many nodes hold it durably as were asked for; or it was read at this node.",
      data = TransactionAnswer.class,
      headers = {
        AnswerHeader.LOCATION,
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.IDEMPOTENT_REPLAY,
        AnswerHeader.VARY
      },
      example =
          "{\"status_code\":200,\"message\":\"Transaction committed\",\"data\":{\"index\":7,"
              + "\"transaction\":\"b, r(12)=7, w(49,53), c\",\"reads\":[{\"key\":\"12\","
              + "\"value\":\"7\"}]}}")
  @Gives(
      says = "The same in the notation, with the value behind each read.",
      type = MediaType.TEXT_PLAIN_VALUE,
      body = String.class)
  @Refuses(
      value = ProblemType.CONCERN_NOT_MET,
      data = AddAnswers.Unmet.class,
      headers = {
        AnswerHeader.LOCATION,
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.REPLICATION_ACKS,
        AnswerHeader.IDEMPOTENT_REPLAY
      })
  @Refuses({
    ProblemType.NOT_ACCEPTABLE,
    ProblemType.PRECONDITION_FAILED,
    ProblemType.KEY_REUSED,
    ProblemType.TOO_MANY_REQUESTS,
    ProblemType.UNAVAILABLE,
    ProblemType.NO_SPACE
  })
  @PostMapping(
      path = "/transactions",
      consumes = {MediaType.APPLICATION_JSON_VALUE, MediaType.TEXT_PLAIN_VALUE})
  void transact(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    TransactionRequest read = reader.read(request);
    AddRequest wanted =
        requests
            .read(EntryKind.TRANSACTION, read, AddController.keyOf(request))
            .from(Identity.of(request));
    if (read.transaction().isReadOnly()) {
      layers.answer(read.transaction(), request, response);
    } else {
      commit(read.transaction(), wanted, request, response);
    }
  }

  private void commit(
      Transaction transaction,
      AddRequest wanted,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException, InterruptedException {
    TransactionForms.Form form = TransactionForms.wanted(request);
    long reserved = table.reserve(transaction);
    try (TransactionCaller caller =
        new TransactionCaller(new ConnectionWatch(request, connections), table)) {
      AddOutcome outcome = adding.add(wanted, Identity.limitedAs(request), caller);
      AddOutcome.Met met = answers.require(outcome);
      TransactionAnswer answer = answer(transaction, met.index());
      answers.describe(met, response);
      forms.write(response, form, "Transaction committed", answer);
    } finally {
      table.giveBack(reserved);
    }
  }

  private TransactionAnswer answer(Transaction transaction, long index)
      throws InterruptedException {
    return TransactionAnswer.of(index, transaction, table.resultOf(index));
  }
}
