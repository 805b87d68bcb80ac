package io.replog.master.replicate;

import io.replog.model.RefusalReason;
import io.replog.model.Standing;
import io.replog.node.call.HttpCaller;
import io.replog.node.problem.Printable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads what a follower says: an envelope with its standing, or a problem with reason and
/// standing.
final class Answers {

  private final JsonMapper json;

  Answers(JsonMapper json) {
    this.json = json;
  }

  /// What the reply means. Anything unexpected is a failure, never an exception.
  Outcome read(HttpCaller.Reply reply) {
    return switch (reply) {
      case HttpCaller.Reply.Lost lost ->
          new Outcome.Failed(FailureKind.of(lost.kind()), lost.error());
      case HttpCaller.Reply.Answered answered -> readAnswer(answered);
    };
  }

  private Outcome readAnswer(HttpCaller.Reply.Answered answered) {
    try {
      return switch (answered.status()) {
        case 200 -> new Outcome.Acknowledged(standing(data(answered.body())));
        case 409, 507 ->
            explained(refused(data(answered.body())), FollowerReply.message(json, answered.body()));
        default -> unexpected(answered);
      };
    } catch (JacksonException | IllegalArgumentException malformed) {
      return new Outcome.Failed(
          FailureKind.MALFORMED, "answer " + answered.status() + " cannot be understood");
    }
  }

  /// The member `data` of an envelope or problem.
  ///
  /// @throws IllegalArgumentException if there is none
  JsonNode data(byte[] body) {
    JsonNode root = json.readTree(body);
    JsonNode data = root.get("data");
    if (data == null || !data.isObject()) {
      throw new IllegalArgumentException("no data");
    }
    return data;
  }

  /// What an answer of another status says of itself.
  Outcome.Failed unexpected(HttpCaller.Reply.Answered answered) {
    String message = FollowerReply.message(json, answered.body());
    return new Outcome.Failed(
        FailureKind.STATUS,
        "answered " + answered.status() + (message == null ? "" : ": " + Printable.of(message)));
  }

  /// Whether the follower understood and said no. An answer from anybody in between does not count.
  boolean isRefusal(HttpCaller.Reply.Answered answered) {
    try {
      return answered.status() == 409 && refused(data(answered.body())) instanceof Outcome.Refused;
    } catch (JacksonException | IllegalArgumentException _) {
      return false;
    }
  }

  private Outcome.Refused refused(JsonNode data) {
    return new Outcome.Refused(
        json.treeToValue(required(data, "reason"), RefusalReason.class),
        standing(required(data, "standing")));
  }

  /// The refusal with its words in the standing, where that has none of its own; fit for one line.
  private static Outcome.Refused explained(Outcome.Refused refused, @Nullable String message) {
    Standing standing = refused.standing();
    String words = standing.error() == null ? message : standing.error();
    Standing explained =
        standing.explainedBy(words == null || words.isBlank() ? null : Printable.of(words));
    return new Outcome.Refused(refused.reason(), explained);
  }

  private Standing standing(JsonNode node) {
    return json.treeToValue(node, Standing.class);
  }

  private static JsonNode required(JsonNode data, String name) {
    JsonNode member = data.get(name);
    if (member == null || member.isNull()) {
      throw new IllegalArgumentException("no " + name);
    }
    return member;
  }
}
