package io.replog.master.add;

import io.replog.node.api.Allowed;
import io.replog.node.api.AnswerHeader;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.api.Takes;
import io.replog.node.http.DirectHandler;
import io.replog.node.problem.Printable;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Identity;
import io.replog.replication.master.AddOutcome;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /add`: appends one message and answers when as many nodes hold it durably as were asked
/// for.
///
/// Reads and writes by itself: converters and the choice among media types cost as much as the rest
/// of the way to the core. What the caller accepts is asked last, so that it never hides what is
/// wrong with the request.
@RestController
final class AddController implements DirectHandler {

  static final String PATH = "/add";
  static final String KEY_HEADER = "Idempotency-Key";

  private final AddBody body;
  private final AddRequestReader reader;
  private final Adding adding;
  private final AddAnswers answers;
  private final Connections connections;

  AddController(
      AddBody body,
      AddRequestReader reader,
      Adding adding,
      AddAnswers answers,
      Connections connections) {
    this.body = body;
    this.reader = reader;
    this.adding = adding;
    this.answers = answers;
    this.connections = connections;
  }

  @Override
  public String path() {
    return PATH;
  }

  /// Appends one message, and answers when as many nodes hold it durably as were asked for.
  ///
  /// Definite refusals append nothing, ever. `504` says that the message is, or may be, in the log
  /// and goes on replicating: `GET /messages/{index}?wait_acks=` waits on.
  @Takes(
      name = KEY_HEADER,
      in = Takes.Place.HEADER,
      allowed = @Allowed(pattern = "[!-~]{1,128}"),
      example = "order-17",
      says =
          "A repeated add with the same key answers for the same message and appends nothing;"
              + " other data under the same key is refused. Of JSON bodies only.")
  @Takes(
      name = "traceparent",
      in = Takes.Place.HEADER,
      example = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
      says = "W3C trace context, kept with the trace of the message. Of JSON bodies only.")
  @Sends(form = AddForm.class, example = "{\"data\":\"msg1\",\"write_concern\":1}")
  @Gives(
      says = "As many nodes hold the message durably as were asked for.",
      data = Void.class,
      headers = {
        AnswerHeader.LOCATION,
        AnswerHeader.LOG_INDEX,
        AnswerHeader.LOG_EPOCH,
        AnswerHeader.REPLICATION_ACKS,
        AnswerHeader.IDEMPOTENT_REPLAY
      },
      example = "{\"status_code\":200,\"message\":\"Message added successfully\",\"data\":null}")
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
    ProblemType.UNAVAILABLE,
    ProblemType.NO_SPACE,
    ProblemType.TOO_MANY_REQUESTS,
    ProblemType.KEY_REUSED,
    ProblemType.NOT_ACCEPTABLE
  })
  @Override
  @PostMapping(path = PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
  public void handle(HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    AddRequest wanted = reader.read(body.read(request), keyOf(request)).from(Identity.of(request));
    requireJsonAccepted(Collections.list(request.getHeaders("Accept")));
    AddOutcome outcome =
        adding.add(wanted, Identity.limitedAs(request), new ConnectionWatch(request, connections));
    answers.write(outcome, response);
  }

  private static void requireJsonAccepted(List<String> accept) {
    if (accept.isEmpty() || acceptsJson(accept)) {
      return;
    }
    throw Refusal.of(
        ProblemType.NOT_ACCEPTABLE,
        "Accept is %s, an add is answered as application/json"
            .formatted(Printable.of(String.join(", ", accept))));
  }

  private static boolean acceptsJson(List<String> accept) {
    try {
      return MediaType.parseMediaTypes(accept).stream()
          .anyMatch(
              type -> type.includes(MediaType.APPLICATION_JSON) && type.getQualityValue() > 0);
    } catch (InvalidMediaTypeException _) {
      return false;
    }
  }

  static @Nullable String keyOf(HttpServletRequest request) {
    List<String> keys = Collections.list(request.getHeaders(KEY_HEADER));
    if (keys.size() > 1) {
      throw Refusal.badRequest("Idempotency-Key is given %d times".formatted(keys.size()));
    }
    return keys.isEmpty() ? null : keys.getFirst();
  }
}
