package io.replog.master.read;

import io.replog.master.members.Members;
import io.replog.master.members.PerNode;
import io.replog.master.replicate.FollowerReader;
import io.replog.node.problem.Refusal;
import io.replog.node.settings.NodeSettings;
import io.replog.node.tls.OutgoingTls;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Asks nodes for the same page at the same time, each on a virtual thread, and waits for the
/// answers that the query needs. A few queries at a time, each of which counts until the last of
/// its nodes has answered or was given up, with a bound on each answer, bound the memory; a node
/// that does not answer in time is a view that says so.
@Component
final class ClusterReads implements AutoCloseable {

  private static final int MAX_READS = 4;

  /// Of all answers that are in memory at a time, as they come from the wire.
  private static final int BUDGET_BYTES = 16 << 20;

  /// What the largest message takes in an answer beside its text.
  private static final int OVERHEAD_BYTES = 64 << 10;

  private static final int RETRY_AFTER_SECONDS = 1;

  /// What a node may take beyond the patience of a query, to find out that it is over.
  private static final long GRACE_MILLIS = 500;

  private final String node;
  private final Members members;
  private final OwnView own;
  private final int maxMessageBytes;
  private final PerNode<FollowerView> followers;
  private final Semaphore places = new Semaphore(MAX_READS);

  ClusterReads(
      NodeSettings settings, Members members, OwnView own, OutgoingTls tls, JsonMapper json) {
    this.node = settings.node();
    this.members = members;
    this.own = own;
    this.maxMessageBytes = settings.maxMessageBytes();
    this.followers =
        new PerNode<>(
            peer ->
                new FollowerView(
                    peer.name(), new FollowerReader(peer, tls, this::maxAnswerBytes), json));
    members.listen(followers);
  }

  /// An even share of the budget, and room for one message of any size.
  static int maxAnswerBytes(int clusterSize, int maxMessageBytes) {
    return Math.max(BUDGET_BYTES / (MAX_READS * clusterSize), maxMessageBytes + OVERHEAD_BYTES);
  }

  int maxAnswerBytes() {
    return maxAnswerBytes(members.clusterSize(), maxMessageBytes);
  }

  /// Every node of the cluster, this one first.
  List<String> names() {
    return Stream.concat(Stream.of(node), members.names().stream()).toList();
  }

  /// Views in the order of the nodes; only the first to answer where that is all that counts.
  ///
  /// @throws Refusal 503 if too many read the cluster at the moment
  List<NodeView> views(ClusterQuery query) throws InterruptedException {
    if (!places.tryAcquire(query.patience().toNanos(), TimeUnit.NANOSECONDS)) {
      throw Refusal.unavailable(
          "%d read the whole cluster already".formatted(MAX_READS),
          "TOO_MANY_READERS",
          RETRY_AFTER_SECONDS);
    }
    Runnable end = releaseAfter(query.nodes().size() + 1);
    try {
      return inOrder(query, collected(query, begin(query, end)));
    } finally {
      end.run();
    }
  }

  /// Gives the place back when so many have run it: the query itself and each of its nodes.
  private Runnable releaseAfter(int parts) {
    AtomicInteger left = new AtomicInteger(parts);
    return () -> {
      if (left.decrementAndGet() == 0) {
        places.release();
      }
    };
  }

  private BlockingQueue<NodeView> begin(ClusterQuery query, Runnable end) {
    BlockingQueue<NodeView> answers = new ArrayBlockingQueue<>(query.nodes().size());
    for (String name : query.nodes()) {
      Thread.ofVirtual()
          .name("read-" + name)
          .start(
              () -> {
                answers.add(view(name, query));
                end.run();
              });
    }
    return answers;
  }

  private NodeView view(String name, ClusterQuery query) {
    long since = System.nanoTime();
    try {
      return name.equals(node)
          ? own.read(query.from(), query.limit(), maxAnswerBytes())
          : follower(name).read(query);
    } catch (RuntimeException unexpected) {
      return NodeView.silent(name, since, "could not be asked");
    }
  }

  private FollowerView follower(String name) {
    return followers.of(name).orElseThrow(() -> new IllegalStateException(name + " has left"));
  }

  private static Map<String, NodeView> collected(
      ClusterQuery query, BlockingQueue<NodeView> answers) throws InterruptedException {
    Map<String, NodeView> views = new LinkedHashMap<>();
    long deadline = System.nanoTime() + query.patience().plusMillis(GRACE_MILLIS).toNanos();
    boolean enough = false;
    while (!enough && views.size() < query.nodes().size()) {
      NodeView view = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (view == null) {
        break;
      }
      views.put(view.node(), view);
      enough = query.kind() == ClusterQuery.Kind.FIRST && view.answered();
    }
    return views;
  }

  private static List<NodeView> inOrder(ClusterQuery query, Map<String, NodeView> views) {
    long since = System.nanoTime() - query.patience().toNanos();
    return query.kind() == ClusterQuery.Kind.FIRST
        ? List.copyOf(views.values())
        : query.nodes().stream()
            .map(
                name -> {
                  NodeView view = views.get(name);
                  return view == null ? NodeView.silent(name, since, "no answer in time") : view;
                })
            .toList();
  }

  @Override
  public void close() {
    followers.close();
  }
}
