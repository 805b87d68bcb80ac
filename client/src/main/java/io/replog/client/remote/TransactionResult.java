package io.replog.client.remote;

import io.replog.client.remote.AddResult.Outcome;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What became of a transaction.
///
/// JSON: `{"outcome":"appended","line":3,"data":{"index":7,"transaction":"…","reads":[…]}}`, or
/// with another outcome `{"outcome":"refused","line":3,"message":"…","data":{…}}`
///
/// @param outcome definite or not, never mixed
/// @param text the notation of the answer, or a sentence that says what went wrong
record TransactionResult(Outcome outcome, String text, ObjectNode json) {

  private static final String UNKNOWN = "; outcome unknown: look with replog table";

  static TransactionResult of(int line, HttpResponse<String> answer) {
    JsonNode body = Http.json(answer.body());
    if (answer.statusCode() == 200) {
      return made(Outcome.APPENDED, line, body.path("data").path("transaction").asString(""), body);
    }
    String message = Http.message(answer.statusCode(), answer.body());
    Outcome outcome = outcome(answer.statusCode(), body);
    return made(outcome, line, message + (outcome == Outcome.UNKNOWN ? UNKNOWN : ""), body);
  }

  private static Outcome outcome(int status, JsonNode body) {
    if (status == 504 && body.path("data").path("index").isIntegralNumber()) {
      return Outcome.PENDING;
    }
    boolean definite = (status >= 300 && status < 500) || status == 503 || status == 507;
    return definite ? Outcome.REFUSED : Outcome.UNKNOWN;
  }

  /// No answer came.
  static TransactionResult of(int line, URI uri, IOException failure) {
    boolean definite = Http.neverSent(failure);
    String sentence = Http.sentence(uri, failure) + (definite ? "" : UNKNOWN);
    Outcome outcome = definite ? Outcome.UNAVAILABLE : Outcome.UNKNOWN;
    return made(outcome, line, sentence, JsonMapper.shared().createObjectNode());
  }

  private static TransactionResult made(Outcome outcome, int line, String text, JsonNode body) {
    ObjectNode json = JsonMapper.shared().createObjectNode();
    json.put("outcome", outcome.name().toLowerCase(Locale.ROOT)).put("line", line);
    if (outcome != Outcome.APPENDED) {
      json.put("message", text);
    }
    json.set("data", body.path("data").isMissingNode() ? json.nullNode() : body.path("data"));
    return new TransactionResult(outcome, text, json);
  }
}
