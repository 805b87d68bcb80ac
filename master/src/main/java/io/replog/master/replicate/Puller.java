package io.replog.master.replicate;

import io.replog.model.Position;
import io.replog.model.WireEntry;
import io.replog.node.call.HttpCaller;
import io.replog.replication.master.MasterEffect.Pull;
import io.replog.replication.master.MasterInput;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Asks one follower for the entries behind the own end. What comes is placed behind it, so that
/// the core can verify the chain.
final class Puller {

  /// Bytes of text asked for at once.
  static final int MAX_BYTES = 1 << 20;

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final String follower;
  private final FollowerPaths paths;
  private final HttpCaller http;
  private final Answers answers;
  private final JsonMapper json;
  private final Consumer<MasterInput> core;

  Puller(
      String follower,
      FollowerPaths paths,
      HttpCaller http,
      Answers answers,
      JsonMapper json,
      Consumer<MasterInput> core) {
    this.follower = follower;
    this.paths = paths;
    this.http = http;
    this.answers = answers;
    this.json = json;
    this.core = core;
  }

  /// Asks once. Returns at once.
  void pull(Pull pull) {
    Exchange.start(
        "pull-" + follower, () -> exchange(pull.own()), error -> failed(error, false), core);
  }

  /// Says that nobody is reached, and why.
  void lose(String why) {
    core.accept(failed(why, false));
  }

  /// Says that nothing is asked for, and why.
  void decline(String why) {
    core.accept(failed(why, true));
  }

  private MasterInput exchange(Position own) {
    return switch (http.call(paths.entries(own, MAX_BYTES), TIMEOUT)) {
      case HttpCaller.Reply.Lost lost -> failed(lost.error(), false);
      case HttpCaller.Reply.Answered answered when answered.status() != 200 ->
          failed(answers.unexpected(answered).error(), answers.isRefusal(answered));
      case HttpCaller.Reply.Answered answered -> pulled(own, answered.body());
    };
  }

  private MasterInput pulled(Position own, byte[] body) {
    try {
      JsonNode base = answers.data(body).get("base");
      if (base != null && !base.isNull()) {
        return new MasterInput.PulledBase(follower, json.treeToValue(base, Position.class));
      }
      return new MasterInput.Pulled(follower, WireEntry.placeBehind(own, entries(body)));
    } catch (JacksonException | IllegalArgumentException malformed) {
      return failed("the entries cannot be understood", false);
    }
  }

  private List<WireEntry> entries(byte[] body) {
    JsonNode entries = answers.data(body).get("entries");
    if (entries == null || !entries.isArray()) {
      throw new IllegalArgumentException("no entries");
    }
    return entries.valueStream().map(node -> json.treeToValue(node, WireEntry.class)).toList();
  }

  private MasterInput failed(String error, boolean refused) {
    return new MasterInput.PullFailed(follower, error, refused);
  }
}
