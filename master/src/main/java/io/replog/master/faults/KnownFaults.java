package io.replog.master.faults;

import io.replog.node.faults.InjectedFaults;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// What each follower has said last of the faults that are injected there. Empty where
/// `FAULTS=off`.
@Component
public final class KnownFaults {

  /// @param injected null when nothing is
  private record Said(long number, @Nullable InjectedFaults injected) {}

  private static final Said NOTHING = new Said(0, null);

  private final Map<String, Said> said = new ConcurrentHashMap<>();

  /// What is injected at a follower, null when nothing is, or nothing is known.
  public @Nullable InjectedFaults of(String follower) {
    return last(follower).injected();
  }

  /// Whether nothing may be sent to a follower.
  public boolean isCutOff(String follower) {
    InjectedFaults injected = of(follower);
    return injected != null && injected.partition();
  }

  /// Number of what was said last, for [#learnIfStill].
  long number(String follower) {
    return last(follower).number();
  }

  /// What it says now.
  void learn(String follower, @Nullable InjectedFaults injected) {
    said.compute(
        follower, (_, before) -> new Said(before == null ? 1 : before.number() + 1, injected));
  }

  /// What it has said to a question that was asked when `number` was the last; it counts unless
  /// something newer has come meanwhile.
  void learnIfStill(long number, String follower, @Nullable InjectedFaults injected) {
    said.compute(
        follower,
        (_, before) -> {
          Said last = before == null ? NOTHING : before;
          return last.number() == number ? new Said(number, injected) : last;
        });
  }

  private Said last(String follower) {
    return said.getOrDefault(follower, NOTHING);
  }
}
