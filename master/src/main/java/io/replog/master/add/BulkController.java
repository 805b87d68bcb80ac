package io.replog.master.add;

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
