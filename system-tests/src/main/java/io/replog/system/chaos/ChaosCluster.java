package io.replog.system.chaos;

import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.cluster.NodeState;
import io.replog.client.cluster.NodeStatus;
import io.replog.client.cluster.Ports;
import io.replog.system.disk.CutKind;
import io.replog.system.history.Ending;
import io.replog.system.history.Sight.Shower;
import io.replog.system.kit.TestCluster;
import io.replog.system.link.Link;
import io.replog.system.link.Weather;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// The cluster that is tormented: real nodes, and between the master and each follower a link. What
/// is done to it, other than looking, is done by the thread of the nemesis.
final class ChaosCluster implements AutoCloseable {

  private static final List<String> DELAYS = List.of("0s", "0s", "40ms", "250ms");

  /// Overload is a fault here: what is late is refused or given up, as anywhere else.
  private static final String REFUSING = " -Dreplog.late-millis=500 -Dreplog.answer-millis=1000 ";

  /// Exit code of a node whose disk has failed.
  private static final int DISK_FAILED = 74;

  private final TestCluster cluster;
  private final Map<String, Link> links = new LinkedHashMap<>();
  private final Map<String, Integer> emptied = new ConcurrentHashMap<>();
  private final Clocks clocks;
  private final SmallDisks disks;

  /// Processes that have ended without having been killed.
  private final List<Ending> endings = new ArrayList<>();

  private final Thread atExit = new Thread(this::end, "end the chaos");
  private boolean closed;

  /// Nodes that were killed and have not been started since.
  private final Set<String> killed = new HashSet<>();

  /// Nodes whose disk is made to fail, so that they have to end.
  private final Set<String> doomed = ConcurrentHashMap.newKeySet();

  ChaosCluster(ChaosSettings settings, RandomGenerator random) {
    Path directory = settings.directory();
    clocks = Clocks.under(directory.resolve("clocks"), settings.kinds());
    disks = SmallDisks.under(directory.resolve("disks"), settings.kinds());
    cluster =
        TestCluster.laidOut(
            directory,
            builder -> {
              builder.followers(settings.nodes() - 1);
              for (int number = 1; number < settings.nodes(); number++) {
                builder.delay(number, DELAYS.get(random.nextInt(DELAYS.size())));
              }
              if (settings.kinds().contains(FaultKind.ROT)) {
                builder.set("SCRUB_INTERVAL", "1s");
              }
              if (settings.rabbitmq() != null) {
                builder.set("REPLICATION_TRANSPORT", "rabbitmq");
                builder.set("RABBITMQ_URI", settings.rabbitmq());
              }
              return builder.set("QUORUM_APPEND", random.nextInt(4) == 0 ? "on" : "off");
            });
    Runtime.getRuntime().addShutdownHook(atExit);
    try {
      prepare(settings);
    } catch (RuntimeException | Error failed) {
      close();
      throw failed;
    }
  }

  private void prepare(ChaosSettings settings) {
    for (NodeSpec node : nodes().nodes()) {
      nodes().set(node.name(), "JAVA_OPTS", javaOptions(node.name(), settings));
      clocks.variables(node.name()).forEach((key, value) -> nodes().set(node.name(), key, value));
      disks.mount(node.name()).ifPresent(disk -> nodes().set(node.name(), "DATA_DIR", disk));
      if (!node.isMaster()) {
        links.put(node.name(), Link.open(Ports.free(), node.port()));
      }
    }
    String followers =
        links.entrySet().stream()
            .map(link -> link.getKey() + "=http://127.0.0.1:" + link.getValue().port())
            .collect(Collectors.joining(","));
    nodes().set(NodeSpec.MASTER, "FOLLOWERS", followers);
  }

  private static String javaOptions(String node, ChaosSettings settings) {
    return (TestCluster.JAVA_OPTIONS + REFUSING + settings.nodeOptions() + " -Dchaos.node=" + node)
        .strip();
  }

  void start() {
    nodes().up();
    cluster.awaitInSync();
  }

  LocalCluster nodes() {
    return cluster.nodes();
  }

  /// Whether every node says that it can serve.
  boolean isReady() {
    return nodes().ps().stream().allMatch(NodeStatus::isReady);
  }

  boolean isInSync() {
    return cluster.isInSync();
  }

  /// Names of all nodes, the master first.
  List<String> names() {
    return nodes().nodes().stream().map(NodeSpec::name).toList();
  }

  List<String> followers() {
    return List.copyOf(links.keySet());
  }

  Clocks clocks() {
    return clocks;
  }

  SmallDisks disks() {
    return disks;
  }

  /// The data directory of the node.
  Path data(String node) {
    return disks.data(node).orElseGet(() -> nodes().dataDirectory(node));
  }

  Link link(String follower) {
    return Objects.requireNonNull(links.get(follower));
  }

  /// The node with the disk that it has now.
  Shower shower(String node) {
    return new Shower(node, emptied.getOrDefault(node, 0));
  }

  boolean isRunning(String node) {
    return nodes().state(node) == NodeState.RUNNING;
  }

  void kill(Collection<String> victims) {
    for (String victim : victims) {
      if (nodes().state(victim).isAlive()) {
        noteEndings();
        killed.add(victim);
        nodes().kill(victim);
      }
    }
  }

  /// Kills the follower and empties its disk.
  void empty(String follower) {
    kill(List.of(follower));
    noteEndings();
    emptied.merge(follower, 1, Integer::sum);
    if (disks.isMounted(follower)) {
      disks.empty(follower);
    } else {
      nodes().wipe(follower);
    }
  }

  /// Cuts the power of these nodes. They are gone, and so is what they had not forced; their disks
  /// have power again when this returns.
  void cutPower(Collection<String> victims, CutKind kind) {
    victims.forEach(this::doom);
    victims.parallelStream().forEach(victim -> disks.cut(victim, kind));
    kill(victims);
    noteEndings();
    victims.forEach(disks::restore);
  }

  /// From now on the node has to end by itself.
  void doom(String node) {
    doomed.add(node);
  }

  /// The node whose disk was made to fail is still there, and no longer has to end.
  void spare(String node) {
    doomed.remove(node);
  }

  /// Whether the node has to end by itself.
  boolean isDoomed(String node) {
    return doomed.contains(node);
  }

  /// Starts every node that is not there, unless everything is about to end.
  synchronized void startDead() {
    if (closed) {
      return;
    }
    noteEndings();
    for (String node : names()) {
      if (!nodes().state(node).isAlive()) {
        killed.remove(node);
        doomed.remove(node);
        nodes().startWithoutWaiting(node);
      }
    }
  }

  /// Writes down who has ended without having been killed.
  private void noteEndings() {
    for (String node : names()) {
      if (!nodes().state(node).isAlive() && killed.add(node)) {
        int code = nodes().exitCode(node).orElse(-1);
        boolean expected = doomed.contains(node) && code == DISK_FAILED;
        endings.add(new Ending(node, code, expected));
      }
    }
  }

  /// Processes that have ended without having been killed, so far.
  List<Ending> endings() {
    return List.copyOf(endings);
  }

  /// Makes the network fair again and lets paused nodes go on.
  void heal() {
    links.values().forEach(link -> link.weather(Weather.FAIR));
    names().stream()
        .filter(node -> nodes().state(node) == NodeState.PAUSED)
        .forEach(nodes()::unpause);
    clocks.reset();
    disks.release();
  }

  /// Kills everything and gives back what it took of the machine. Data and logs stay.
  @Override
  public void close() {
    end();
    Runtime.getRuntime().removeShutdownHook(atExit);
  }

  private synchronized void end() {
    closed = true;
    nodes().close();
    links.values().forEach(Link::close);
    disks.close();
  }
}
