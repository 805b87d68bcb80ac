package io.replog.node.table;

import io.replog.model.Envelope;
import io.replog.node.problem.Printable;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes how a transaction ended: as JSON, or in its notation alone for who likes `text/plain`
/// better.
@Component
public final class TransactionForms {

  private final JsonMapper json;

  TransactionForms(JsonMapper json) {
    this.json = json;
  }

  /// The form of an answer.
  public enum Form {
    /// The envelope.
    JSON,
    /// The notation and a line break.
    TEXT
  }

  /// @throws Refusal 406 if `Accept` names neither
  public static Form wanted(HttpServletRequest request) {
    String accept = String.join(",", Collections.list(request.getHeaders("Accept")));
    if (accept.isBlank()) {
      return Form.JSON;
    }
    double json = quality(accept, MediaType.APPLICATION_JSON);
    double text = quality(accept, MediaType.TEXT_PLAIN);
    if (json == 0 && text == 0) {
      throw notAcceptable(accept);
    }
    return text > json ? Form.TEXT : Form.JSON;
  }

  private static double quality(String accept, MediaType type) {
    try {
      List<MediaType> ranges = MediaType.parseMediaTypes(accept);
      return ranges.stream()
          .filter(range -> range.includes(type))
          .mapToDouble(
              range -> range.isConcrete() ? 1 + range.getQualityValue() : range.getQualityValue())
          .max()
          .orElse(0);
    } catch (InvalidMediaTypeException malformed) {
      throw notAcceptable(accept);
    }
  }

  private static Refusal notAcceptable(String accept) {
    return Refusal.of(
        ProblemType.NOT_ACCEPTABLE,
        "Accept is %s, a transaction is answered as application/json or text/plain"
            .formatted(Printable.of(accept)));
  }

  /// Writes the body; headers are set before.
  public void write(
      HttpServletResponse response, Form form, String message, TransactionAnswer answer)
      throws IOException {
    byte[] body =
        switch (form) {
          case JSON -> json.writeValueAsBytes(Envelope.ok(message, answer));
          case TEXT -> (answer.transaction() + "\n").getBytes(StandardCharsets.UTF_8);
        };
    response.setContentType(
        form == Form.JSON ? MediaType.APPLICATION_JSON_VALUE : "text/plain;charset=UTF-8");
    response.setHeader("Vary", "Accept");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
