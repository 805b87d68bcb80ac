package io.replog.master.add;

import io.replog.node.api.Allowed;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.api.Takes;
import io.replog.node.http.Parameters;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Identity;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /add` with a line a message: appends them as they come and answers once, at the end, how
/// far it came.
@RestController
final class BulkController {

  private final AddRequestReader reader;
  private final BulkAdding adding;
  private final BulkAnswers answers;
  private final MessageParser parser;
  private final Connections connections;
  private final int maxLineBytes;

  BulkController(
      AddRequestReader reader,
      BulkAdding adding,
      BulkAnswers answers,
      MessageParser parser,
      Connections connections,
      NodeSettings settings) {
    this.reader = reader;
    this.adding = adding;
    this.answers = answers;
    this.parser = parser;
    this.connections = connections;
    this.maxLineBytes = settings.maxAddBytes();
  }

  /// With a line a message it appends them in their order while the body is still being read, and
  /// answers once, at the end.
  ///
  /// It is not a transaction: it stops at the first line that cannot be taken. Where nothing is in
  /// the log yet it is refused like a single add, otherwise with `504`, and `data.line` is the
  /// first line that is not in the log.
  @Takes(
      name = "write_concern",
      allowed =
          @Allowed(
              least = 1,
              words = {"majority", "all"}),
      says = "As in the body of a single add, for all lines. Of bodies with lines only.")
  @Takes(
      name = "timeout_ms",
      allowed = @Allowed(least = 1, most = AddRequestReader.MAX_TIMEOUT_MILLIS),
      says = "As in the body of a single add, for all lines. Of bodies with lines only.")
  @Sends(
      type = MediaType.APPLICATION_NDJSON_VALUE,
      form = AddLine.class,
      example = "{\"data\":\"m1\",\"key\":\"k1\"}\n{\"data\":\"m2\"}\n")
  @Gives(
      says = "Every line is in the log, and as many nodes hold them all as were asked for.",
      data = BulkAnswers.Came.class,
      example =
          "{\"status_code\":200,\"message\":\"Messages added successfully\",\"data\":"
              + "{\"first_index\":8,\"last_index\":10,\"count\":3,\"replayed\":0,\"epoch\":3,"
              + "\"acks\":2,\"write_concern\":2}}",
      headers = {AnswerHeader.LOG_INDEX, AnswerHeader.LOG_EPOCH, AnswerHeader.REPLICATION_ACKS})
  @Refuses(
      value = {ProblemType.CONCERN_NOT_MET, ProblemType.INCOMPLETE},
      data = BulkAnswers.Came.class,
      headers = {AnswerHeader.LOG_INDEX, AnswerHeader.LOG_EPOCH, AnswerHeader.REPLICATION_ACKS})
  @Refuses({
    ProblemType.UNAVAILABLE,
    ProblemType.NO_SPACE,
    ProblemType.TOO_MANY_REQUESTS,
    ProblemType.KEY_REUSED
  })
  @PostMapping(path = AddController.PATH, consumes = MediaType.APPLICATION_NDJSON_VALUE)
  ResponseEntity<byte[]> add(HttpServletRequest request) throws IOException, InterruptedException {
    BulkRequest wanted = reader.bulk(new Parameters(request));
    if (request.getHeader(AddController.KEY_HEADER) != null) {
      throw Refusal.of(ProblemType.BAD_REQUEST, "Idempotency-Key stands in each line, as \"key\"");
    }
    BulkSource source =
        new BulkSource(
            new BodyLines(request.getInputStream(), maxLineBytes), parser, Identity.of(request));
    return answers.answer(
        wanted,
        adding.add(
            wanted,
            source,
            Identity.limitedAs(request),
            new ConnectionWatch(request, connections)));
  }
}
