package io.replog.master.read;

import io.replog.master.members.PerNode;
import io.replog.master.replicate.FollowerReader;
import io.replog.master.replicate.FollowerReply;
import io.replog.node.messages.FullRecord;
import io.replog.node.problem.Printable;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What one follower holds of a page, by its own answer.
final class FollowerView implements PerNode.Part {

  private static final int OK = 200;

  private final String name;
  private final FollowerReader reader;
  private final JsonMapper json;

  FollowerView(String name, FollowerReader reader, JsonMapper json) {
    this.name = name;
    this.reader = reader;
    this.json = json;
  }

  /// Waits for the answer.
  NodeView read(ClusterQuery query) {
    long since = System.nanoTime();
    String path = "/messages?view=full&from=%d&limit=%d".formatted(query.from(), query.limit());
    return switch (reader.get(path, query.authorization(), query.patience())) {
      case FollowerReply.Lost(var error) -> NodeView.silent(name, since, error);
      case FollowerReply.TooLarge(var error) -> NodeView.tooLarge(name, since, error);
      case FollowerReply.Answered(var status, var body) when status == OK -> held(since, body);
      case FollowerReply.Answered(var status, var body) ->
          NodeView.silent(name, since, "answered %d%s".formatted(status, reason(body)));
    };
  }

  private NodeView held(long since, byte[] body) {
    try {
      List<FullRecord> messages =
          json.readTree(body)
              .required("data")
              .valueStream()
              .map(each -> json.treeToValue(each, FullRecord.class))
              .toList();
      return NodeView.held(name, since, messages);
    } catch (JacksonException malformed) {
      return NodeView.silent(name, since, "the answer cannot be understood");
    }
  }

  private String reason(byte[] body) {
    String message = FollowerReply.message(json, body);
    return message == null ? "" : ": " + Printable.of(message);
  }

  @Override
  public void close() {
    reader.close();
  }
}
