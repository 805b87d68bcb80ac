package io.replog.replication.master;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Takes over, entry by entry, what one follower holds behind the own end.
///
/// Each answer is checked whole before any of it is written: every entry must follow from the one
/// before, so what is taken over is the follower's log and continues the own one. What stands
/// behind a hole is there already and is not taken again. The next question leaves when everything
/// before is durable.
final class Takeover {

  private final OwnLog log;
  private final IdempotencyTable keys;
  private final Members members;
  private final Effects effects;

  /// The follower that is asked, null when nothing is being taken over.
  private @Nullable Follower source;

  /// The log that the entries belong to.
  private String logId = "";

  /// Whether a question is out.
  private boolean asked;

  Takeover(OwnLog log, IdempotencyTable keys, Members members, Effects effects) {
    this.log = log;
    this.keys = keys;
    this.members = members;
    this.effects = effects;
  }

  void begin(Follower from, String ofLog) {
    source = from;
    logId = ofLog;
    asked = false;
    proceed();
  }

  /// Asks for more if everything so far is durable.
  void proceed() {
    if (source != null && !asked && log.isDurable()) {
      asked = true;
      effects.add(new MasterEffect.Pull(source.name(), log.end()));
    }
  }

  /// Whether an answer by this follower is being waited for.
  boolean awaits(String follower) {
    return asked && source != null && source.name().equals(follower);
  }

  /// Takes an answer with entries. Returns false, and has taken nothing, when they do not follow
  /// from the own log.
  boolean take(List<Entry> entries, long now) {
    asked = false;
    if (!follow(entries)) {
      return false;
    }
    long lastIndex = log.holes().lastWritableIndex();
    List<Entry> missing = entries.stream().takeWhile(entry -> entry.index() <= lastIndex).toList();
    for (Entry entry : missing) {
      log.take(entry, now);
      keys.remember(entry);
      members.follow(entry, now);
    }
    effects.add(new MasterEffect.Write(logId, missing));
    return true;
  }

  /// The follower keeps nothing before `base`. Returns false, and nothing has happened, when this
  /// log is not empty.
  boolean begin(Position base) {
    asked = false;
    if (log.end().index() > 0 || !log.holes().isEmpty()) {
      return false;
    }
    log.beginBehind(base);
    effects.add(new MasterEffect.Begin(logId, base));
    return true;
  }

  /// The answer will not come; [#proceed] asks again.
  void lost() {
    asked = false;
  }

  /// Nothing more is taken from that follower; what was written stays.
  void end() {
    source = null;
    asked = false;
  }

  @Nullable Follower source() {
    return source;
  }

  private boolean follow(List<Entry> entries) {
    Position end = log.end();
    for (Entry entry : entries) {
      if (!entry.follows(end)) {
        return false;
      }
      end = entry.position();
    }
    return true;
  }
}
