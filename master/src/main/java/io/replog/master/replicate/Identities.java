package io.replog.master.replicate;

import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps one data directory from counting as two followers, as it would if two names led to the
/// same node, or a directory had been copied. Shared by every link.
public final class Identities {

  /// Last incarnation heard, by name of the follower.
  private final Map<String, String> incarnations = new ConcurrentHashMap<>();

  /// The outcome, or a failure if who answered is known under another name already.
  Outcome distinct(String follower, Outcome outcome) {
    return switch (outcome) {
      case Outcome.Acknowledged(var standing) ->
          distinct(follower, standing.incarnation(), outcome);
      case Outcome.Refused(_, var standing) -> distinct(follower, standing.incarnation(), outcome);
      case Outcome.Failed failed -> failed;
    };
  }

  /// The outcome, or a failure if it is not of who was heard last by [#distinct]: there may be
  /// somebody who had that name before.
  Outcome known(String follower, Outcome outcome) {
    return outcome instanceof Outcome.Acknowledged(var standing)
            && !standing.incarnation().equals(incarnations.get(follower))
        ? new Outcome.Failed(FailureKind.MALFORMED, "it is not who has that name now")
        : outcome;
  }

  /// Nobody but these is spoken to any more.
  public synchronized void retain(Collection<String> followers) {
    incarnations.keySet().retainAll(followers);
  }

  private synchronized Outcome distinct(String follower, String incarnation, Outcome outcome) {
    String other = holder(incarnation);
    if (other != null && !other.equals(follower)) {
      return new Outcome.Failed(FailureKind.MALFORMED, "it is the same data directory as " + other);
    }
    incarnations.put(follower, incarnation);
    return outcome;
  }

  private @Nullable String holder(String incarnation) {
    return incarnations.entrySet().stream()
        .filter(known -> known.getValue().equals(incarnation))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElse(null);
  }
}
