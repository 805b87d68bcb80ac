package io.replog.node.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.model.FedNode;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class FedNodesTest {

  private final AtomicLong nanoTime = new AtomicLong();
  private final FedNodes fed = new FedNodes(nanoTime::get);

  private static FedNode node(String name, int layer, long version, long silentMillis) {
    return new FedNode(
        name, "http://x:1", "every 10 messages", "u", layer, version, 3L, 40L, silentMillis);
  }

  private void pass(long millis) {
    nanoTime.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void ordersByLayerAndName() {
    fed.heard(List.of(node("c", 2, 1, 0), node("b", 1, 1, 0), node("a", 2, 1, 0)));

    assertThat(fed.known()).extracting(FedNode::node).containsExactly("b", "a", "c");
  }

  @Test
  void countsOnWhileANodeIsSilent() {
    fed.heard(List.of(node("a", 1, 1, 10)));
    pass(5_000);

    FedNode known = fed.known().getFirst();

    assertThat(known.silentMillis()).isEqualTo(5_010);
    assertThat(known.staleMillis()).isEqualTo(5_040);
    assertThat(FedNodes.isSilent(known)).isTrue();
  }

  @Test
  void believesTheFresherWord() {
    fed.heard(List.of(node("a", 1, 20, 0)));
    pass(100);

    fed.heard(List.of(node("a", 1, 10, 500)));
    assertThat(fed.known().getFirst().version()).isEqualTo(20);

    fed.heard(List.of(node("a", 1, 30, 50)));
    assertThat(fed.known().getFirst().version()).isEqualTo(30);
  }

  @Test
  void forgetsWhoHasBeenSilentForLong() {
    fed.heard(List.of(node("a", 1, 1, 0), node("late", 1, 1, FedNodes.FORGOTTEN_MILLIS)));
    assertThat(fed.known()).hasSize(1);

    pass(FedNodes.FORGOTTEN_MILLIS);

    assertThat(fed.known()).isEmpty();
  }

  @Test
  void remembersABoundedNumberAndPrefersThoseThatSpeak() {
    for (int number = 0; number < FedNodes.MAX_NODES; number++) {
      fed.heard(List.of(node("n" + number, 1, 1, 0)));
    }
    fed.heard(List.of(node("one too many", 1, 1, 0)));
    assertThat(fed.known()).hasSize(FedNodes.MAX_NODES).noneMatch(n -> n.node().startsWith("one"));

    pass(FedNodes.SILENT_MILLIS + 1);
    fed.heard(List.of(node("one more", 1, 1, 0)));

    assertThat(fed.known()).extracting(FedNode::node).containsExactly("one more");
  }
}
