package io.replog.master.replicate;

import io.replog.node.call.HttpCaller;
import io.replog.node.call.LossKind;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What came back from a follower that was asked something beside replication.
public sealed interface FollowerReply {

  /// A whole answer of any status.
  record Answered(int status, byte[] body) implements FollowerReply {}

  /// An answer with more bytes than were asked for at most, and how many those are in a few words.
  record TooLarge(String error) implements FollowerReply {}

  /// No answer, or not all of it, and why in a few words.
  record Lost(String error) implements FollowerReply {}

  /// The same without what only replication asks for.
  static FollowerReply of(HttpCaller.Reply reply) {
    return switch (reply) {
      case HttpCaller.Reply.Answered(int status, byte[] body) -> new Answered(status, body);
      case HttpCaller.Reply.Lost(LossKind kind, String error) when kind == LossKind.TOO_LARGE ->
          new TooLarge(error);
      case HttpCaller.Reply.Lost(_, String error) -> new Lost(error);
    };
  }

  /// What a node says of its answer in `message`, as it came; null where it says nothing.
  static @Nullable String message(JsonMapper json, byte[] body) {
    try {
      JsonNode message = json.readTree(body).get("message");
      return message != null && message.isString() ? message.stringValue() : null;
    } catch (JacksonException _) {
      return null;
    }
  }
}
