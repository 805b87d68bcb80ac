package io.replog.client.remote;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// What became of an add: a sentence for people, a JSON line for machines, an exit code for
/// scripts.
///
/// JSON: `{"outcome":"appended","index":7,"epoch":3,"acks":2,"replayed":false,"seconds":2.004}`, or
/// with another outcome
/// `{"outcome":"pending","status":504,"message":"…","data":{…},"seconds":5.001}`
///
/// @param outcome definite or not, never mixed
record AddResult(Outcome outcome, String sentence, ObjectNode json) {

  enum Outcome {
    /// In the log, and held by as many nodes as were asked for.
    APPENDED(0),
    /// In the log, and not yet held by as many.
    PENDING(4),
    /// Not in the log, and will not be.
    REFUSED(3),
    /// No master there: not in the log.
    UNAVAILABLE(3),
    /// In the log or not.
    UNKNOWN(4);

    private final int exitCode;

    Outcome(int exitCode) {
      this.exitCode = exitCode;
    }

    int exitCode() {
      return exitCode;
    }
  }

  private static final String RETRY =
      "; outcome unknown: retry with the same --key, or look with replog list";

  static AddResult of(HttpResponse<String> answer, double seconds, Holders holders) {
    int status = answer.statusCode();
    if (status == 200) {
      return appended(answer.headers(), seconds, holders);
    }
    JsonNode data = Http.json(answer.body()).path("data");
    if (status == 504 && data.path("index").isIntegralNumber()) {
      return pending(answer, data, seconds);
    }
    String message = Http.message(status, answer.body());
    return isDefinite(status)
        ? other(Outcome.REFUSED, message, answer, seconds)
        : other(Outcome.UNKNOWN, message + RETRY, answer, seconds);
  }

  /// The same of many messages at once.
  static AddResult ofBulk(HttpResponse<String> answer, double seconds) {
    int status = answer.statusCode();
    JsonNode data = Http.json(answer.body()).path("data");
    if (status == 200) {
      String sentence =
          "%d messages appended as #%d to #%d, %d acknowledged in %s s"
              .formatted(
                  data.path("count").asLong(0),
                  data.path("first_index").asLong(0),
                  data.path("last_index").asLong(0),
                  data.path("acks").asLong(0),
                  text(seconds));
      return other(Outcome.APPENDED, sentence, answer, seconds);
    }
    String message = Http.message(status, answer.body());
    if (status == 504) {
      return other(Outcome.PENDING, message, answer, seconds);
    }
    return isDefinite(status)
        ? other(Outcome.REFUSED, message, answer, seconds)
        : other(Outcome.UNKNOWN, message + RETRY, answer, seconds);
  }

  /// No answer came.
  static AddResult of(URI uri, IOException failure, double seconds) {
    boolean definite = Http.neverSent(failure);
    String sentence = Http.sentence(uri, failure) + (definite ? "" : RETRY);
    Outcome outcome = definite ? Outcome.UNAVAILABLE : Outcome.UNKNOWN;
    return new AddResult(outcome, sentence, json(outcome, seconds).put("message", sentence));
  }

  /// Whoever waited for the answer gave up.
  static AddResult givenUp(double seconds) {
    String sentence =
        "gave up waiting after %s s; the message may or may not be in the log, and if it is it goes on replicating: look with list"
            .formatted(text(seconds));
    return new AddResult(
        Outcome.UNKNOWN, sentence, json(Outcome.UNKNOWN, seconds).put("message", sentence));
  }

  /// Whether the status says that nothing was appended and nothing will be.
  private static boolean isDefinite(int status) {
    return (status >= 300 && status < 500) || status == 503 || status == 507;
  }

  private static AddResult appended(HttpHeaders headers, double seconds, Holders holders) {
    long index = headers.firstValueAsLong("Log-Index").orElse(0);
    long acks = headers.firstValueAsLong("Replication-Acks").orElse(0);
    boolean replayed = headers.firstValue("Idempotent-Replay").filter("true"::equals).isPresent();
    String sentence =
        "#%d %s, %s in %s s"
            .formatted(
                index,
                replayed ? "was appended before" : "appended",
                acknowledged(acks, holders),
                text(seconds));
    ObjectNode json = json(Outcome.APPENDED, seconds).put("index", index).put("acks", acks);
    headers.firstValueAsLong("Log-Epoch").ifPresent(epoch -> json.put("epoch", epoch));
    return new AddResult(Outcome.APPENDED, sentence, json.put("replayed", replayed));
  }

  private static String acknowledged(long acks, Holders holders) {
    OptionalInt size = holders.clusterSize();
    String count = size.isPresent() ? acks + " of " + size.getAsInt() : "" + acks;
    return holders.names().isEmpty()
        ? count + " acknowledged"
        : count + " acknowledged (" + String.join(", ", holders.names()) + ")";
  }

  private static AddResult pending(HttpResponse<String> answer, JsonNode data, double seconds) {
    String sentence =
        "#%d is in the log and goes on replicating; %d of %d acknowledged in %s s: %s"
            .formatted(
                data.path("index").asLong(),
                data.path("acks").asLong(0),
                data.path("write_concern").asLong(0),
                text(seconds),
                Http.message(answer.statusCode(), answer.body()));
    return other(Outcome.PENDING, sentence, answer, seconds);
  }

  private static AddResult other(
      Outcome outcome, String sentence, HttpResponse<String> answer, double seconds) {
    JsonNode body = Http.json(answer.body());
    ObjectNode json = json(outcome, seconds).put("status", answer.statusCode());
    json.put("message", Http.message(answer.statusCode(), answer.body()));
    json.set("data", body.path("data").isMissingNode() ? json.nullNode() : body.path("data"));
    return new AddResult(outcome, sentence, json);
  }

  private static ObjectNode json(Outcome outcome, double seconds) {
    return JsonMapper.shared()
        .createObjectNode()
        .put("outcome", outcome.name().toLowerCase(Locale.ROOT))
        .put("seconds", Math.round(seconds * 1000) / 1000.0);
  }

  private static String text(double seconds) {
    return String.format(Locale.ROOT, "%.3f", seconds);
  }
}
