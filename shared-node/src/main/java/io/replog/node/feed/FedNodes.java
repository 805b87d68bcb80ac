package io.replog.node.feed;

import io.replog.model.FedNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/// The layer nodes below this node, as far as word of them has come up: those that it feeds and
/// those that these feed. What was heard last counts, whichever way it came. Nothing depends on it
/// but what people are shown.
///
/// 64 at most; one that has said nothing for ten minutes is forgotten. For any thread.
@Component
public final class FedNodes {

  /// Layer nodes ask at least once a second.
  static final long SILENT_MILLIS = 5_000;

  static final long FORGOTTEN_MILLIS = 600_000;
  static final int MAX_NODES = 64;

  private final LongSupplier nanoTime;
  private final Map<String, Heard> heard = new LinkedHashMap<>();

  private record Heard(FedNode node, long nanos) {

    FedNode at(long nowNanos) {
      return node.later(TimeUnit.NANOSECONDS.toMillis(nowNanos - nanos));
    }
  }

  @Autowired
  FedNodes() {
    this(System::nanoTime);
  }

  /// @param nanoTime the clock, [System#nanoTime] outside tests
  public FedNodes(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /// Whether somebody who has said nothing for so long counts as silent.
  public static boolean isSilent(FedNode node) {
    return node.silentMillis() > SILENT_MILLIS;
  }

  /// Takes word of nodes, from themselves or from those who feed them.
  public synchronized void heard(Collection<FedNode> nodes) {
    long now = nanoTime.getAsLong();
    nodes.stream().filter(FedNodes::isRemembered).forEach(node -> note(node, now));
  }

  private static boolean isRemembered(FedNode node) {
    return node.silentMillis() >= 0 && node.silentMillis() < FORGOTTEN_MILLIS;
  }

  private void note(FedNode node, long now) {
    Heard before = heard.get(node.node());
    if (before == null && heard.size() >= MAX_NODES) {
      forgetSilent(now);
    }
    boolean hasRoom = before != null || heard.size() < MAX_NODES;
    if (hasRoom && (before == null || node.silentMillis() <= before.at(now).silentMillis())) {
      heard.put(node.node(), new Heard(node, now));
    }
  }

  private void forgetSilent(long now) {
    heard.values().removeIf(each -> isSilent(each.at(now)));
  }

  /// Those that are remembered, the upper layers first.
  public synchronized List<FedNode> known() {
    long now = nanoTime.getAsLong();
    heard.values().removeIf(each -> !isRemembered(each.at(now)));
    return heard.values().stream()
        .map(each -> each.at(now))
        .sorted(Comparator.comparingInt(FedNodes::layer).thenComparing(FedNode::node))
        .toList();
  }

  private static int layer(FedNode node) {
    Integer layer = node.layer();
    return layer == null ? Integer.MAX_VALUE : layer;
  }
}
