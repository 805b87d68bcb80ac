package io.replog.client.check;

import io.replog.client.Failure;
import io.replog.client.cluster.Awaiting;
import io.replog.client.remote.PlainNode;
import io.replog.client.remote.PlainNode.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The cluster that is checked.
///
/// @param nodes the master first
/// @param limit how long any wait may take
/// @param stop shell command that ends the last follower without warning, null when there is none
/// @param start shell command that starts it again
record Subject(
    List<PlainNode> nodes, Duration limit, @Nullable String stop, @Nullable String start) {

  /// Most conditions read the whole list of a node.
  private static final Duration LONGEST_STEP = Duration.ofSeconds(1);

  Subject {
    nodes = List.copyOf(nodes);
  }

  int size() {
    return nodes.size();
  }

  PlainNode master() {
    return nodes.getFirst();
  }

  List<PlainNode> followers() {
    return nodes.subList(1, nodes.size());
  }

  /// Adds a message; it has to be accepted.
  void add(String text, int concern) {
    requireAccepted(master().add(text, concern, limit), concern);
  }

  CompletableFuture<Answer> addLater(String text, int concern) {
    return master().addLater(text, concern, limit);
  }

  /// Waits for an add, which has to be accepted.
  void finish(CompletableFuture<Answer> add, int concern) {
    requireAccepted(add.join(), concern);
  }

  private static void requireAccepted(Answer answer, int concern) {
    MismatchException.require(
        answer.isSuccess(),
        "an add with w=%d is accepted; it was answered %d after %.3f s: %s"
            .formatted(concern, answer.status(), answer.seconds(), answer.body()));
  }

  /// The texts of this run that the node shows, in their order.
  List<String> shown(PlainNode node, String run) {
    return node.texts().stream().filter(text -> text.startsWith(run)).toList();
  }

  /// Waits until it is so; a node that does not answer is one more reason to wait.
  void await(String wish, BooleanSupplier condition) {
    MismatchException.require(
        Awaiting.until(() -> holds(condition), limit, LONGEST_STEP),
        "within %d s %s".formatted(limit.toSeconds(), wish));
  }

  private static boolean holds(BooleanSupplier condition) {
    try {
      return condition.getAsBoolean();
    } catch (Failure _) {
      return false;
    }
  }
}
