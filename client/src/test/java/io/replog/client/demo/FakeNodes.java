package io.replog.client.demo;

import io.replog.client.remote.PlainNode.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// A cluster in memory that does what it should, but for one flaw. Owner: one thread.
final class FakeNodes implements Nodes {

  enum Flaw {
    NONE,
    /// Returns before the followers hold the message.
    IMPATIENT,
    /// A follower swaps its last two messages.
    DISORDERLY,
    /// A follower that comes back lacks its second message.
    HOLEY,
    /// A master that comes back lacks its last message.
    FORGETFUL
  }

  private final Flaw flaw;
  private final List<String> all = new ArrayList<>();
  private final Set<String> lost = new HashSet<>();
  private final Map<CompletableFuture<Answer>, Integer> blocked = new HashMap<>();

  FakeNodes(Flaw flaw) {
    this.flaw = flaw;
  }

  @Override
  public Answer add(String text, int concern) {
    all.add(text);
    return accepted(concern);
  }

  private Answer accepted(int concern) {
    double seconds = concern == 1 ? 0.01 : concern == 2 ? QUICK_SECONDS : SLOW_SECONDS;
    return new Answer(200, "{}", flaw == Flaw.IMPATIENT ? 0.01 : seconds);
  }

  @Override
  public CompletableFuture<Answer> addLater(String text, int concern) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    all.add(text);
    if (concern > 3 - lost.size() && flaw != Flaw.IMPATIENT) {
      blocked.put(answer, concern);
    } else {
      answer.complete(accepted(concern));
    }
    return answer;
  }

  @Override
  public List<String> texts(String node) {
    List<String> shown = new ArrayList<>(all);
    int size = shown.size();
    if (flaw == Flaw.DISORDERLY && node.equals(FOLLOWER_1) && size > 1) {
      shown.add(size - 2, shown.removeLast());
    }
    if (flaw == Flaw.HOLEY && node.equals(FOLLOWER_2) && size > 1) {
      shown.remove(1);
    }
    return shown;
  }

  @Override
  public void kill(String node) {
    lost.add(node);
  }

  @Override
  public void start(String node) {
    lost.remove(node);
    if (flaw == Flaw.FORGETFUL && node.equals(MASTER)) {
      all.removeLast();
    }
    blocked.forEach((answer, concern) -> answer.complete(accepted(concern)));
    blocked.clear();
  }

  @Override
  public void wipe(String node) {
    if (!lost.contains(node)) {
      throw new IllegalStateException(node + " runs");
    }
  }
}
