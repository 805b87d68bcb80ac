package io.replog.client.cluster;

import io.replog.client.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// A cluster of real processes on this machine, with the verbs of the command line.
///
/// Its whole state lies in one directory: data, logs, the processes' ids and the secret. Two
/// instances over the same directory, in one program or two, see the same cluster. The processes
/// outlive the program that started them; [#close] is for those who do not want that. Methods fail
/// with a [Failure] whose message is meant for people. Safe for use by several threads.
public final class LocalCluster implements AutoCloseable {

  /// How long a node may take from its start until it is ready, recovery and bootstrap included.
  public static final Duration READY_LIMIT = Duration.ofSeconds(120);

  /// How long a node may take to end by itself after SIGTERM.
  public static final Duration STOP_LIMIT = Duration.ofSeconds(40);

  /// How long a port may take to become free behind a process that is gone.
  private static final Duration PORT_LIMIT = Duration.ofSeconds(1);

  private final ClusterFiles files;
  private final NodeCommand command;
  private final Map<String, String> variables;
  private final Map<String, NodeProcess> processes = new LinkedHashMap<>();

  /// Node name to variables of that node alone, from [#set].
  private final Map<String, Map<String, String>> overrides = new ConcurrentHashMap<>();

  private final NodeEnvironment environment;
  private final HttpProbe probe;
  private final NodeWait wait;

  /// @param nodes the master first
  /// @param variables settings of all nodes; they win over what this program inherited
  public LocalCluster(
      ClusterFiles files,
      List<NodeSpec> nodes,
      Map<String, String> variables,
      NodeCommand command) {
    this(files, nodes, variables, command, Detachment.prefix());
  }

  /// The same whose processes are started in another way than in sessions of their own.
  LocalCluster(
      ClusterFiles files,
      List<NodeSpec> nodes,
      Map<String, String> variables,
      NodeCommand command,
      List<String> prefix) {
    this.files = files;
    this.command = command;
    this.variables = Map.copyOf(variables);
    this.environment = new NodeEnvironment(List.copyOf(nodes), this.variables, files);
    this.probe = new HttpProbe(environment.tls().own());
    this.wait = new NodeWait(files, environment, probe);
    nodes.forEach(node -> processes.put(node.name(), new NodeProcess(node, files, prefix)));
  }

  /// Starts every node that is not there and returns when all are ready. Repeatable.
  ///
  /// @throws Failure when a port is in use, before anything is started; when a node ends or is not
  ///   ready in time, with the end of its log, while the others go on
  public UpReport up() {
    command.prepare();
    UpReport report;
    try (RunnerLock _ = RunnerLock.take(files.lock(), RunnerLock.LIMIT)) {
      refuseAnotherPlan();
      environment.refuseSharedManagementPort();
      report = report();
      new ClusterPlan(nodes()).write(files);
      List<NodeProcess> missing = report.started().stream().map(this::process).toList();
      missing.forEach(this::requireFreePort);
      missing.forEach(this::spawn);
    }
    List<String> awaited = new ArrayList<>(report.started());
    awaited.addAll(report.running());
    awaitReady(awaited, READY_LIMIT);
    return report;
  }

  private UpReport report() {
    Map<NodeState, List<String>> byState =
        processes.keySet().stream().collect(Collectors.groupingBy(this::state));
    List<String> missing =
        processes.keySet().stream().filter(node -> !state(node).isAlive()).toList();
    return new UpReport(
        missing,
        byState.getOrDefault(NodeState.RUNNING, List.of()),
        byState.getOrDefault(NodeState.PAUSED, List.of()),
        missing.stream().anyMatch(node -> Files.exists(files.data(node))));
  }

  /// The nodes of an earlier `up` must be these, as long as one of them lives: they know each other
  /// by address.
  private void refuseAnotherPlan() {
    ClusterPlan.read(files)
        .filter(plan -> !plan.nodes().equals(nodes()))
        .filter(plan -> plan.nodes().stream().anyMatch(this::lives))
        .ifPresent(
            plan -> {
              throw Failure.refused(
                  "a cluster with other nodes, ports or delays is running (%s); stop it first: replog down"
                      .formatted(described(plan.nodes())));
            });
  }

  private boolean lives(NodeSpec node) {
    return new NodeProcess(node, files).state().isAlive();
  }

  private static String described(List<NodeSpec> nodes) {
    return nodes.stream()
        .map(node -> node.name() + ":" + node.port())
        .collect(Collectors.joining(", "));
  }

  /// The same cluster with a follower more, which later commands know too.
  ///
  /// @param node a name such as `follower-3`
  public LocalCluster with(String node) {
    if (!node.matches("follower-[1-9][0-9]{0,3}")) {
      throw Failure.usage("a node that is started here is named like follower-3, not " + node);
    }
    try (RunnerLock _ = RunnerLock.take(files.lock(), RunnerLock.LIMIT)) {
      NodeSpec joining = NodeSpec.joining(node, nextPort());
      List<NodeSpec> more = new ArrayList<>(nodes());
      more.add(joining);
      JoinedNodes.add(joining, files);
      new ClusterPlan(more).write(files);
      return new LocalCluster(files, more, variables, command);
    }
  }

  /// Stops a node that had joined and has left, and forgets it.
  ///
  /// @return whether it was one of this machine
  public boolean forgetJoined(String node) {
    if (!has(node) || !process(node).spec().hasJoined()) {
      return false;
    }
    stop(node);
    try (RunnerLock _ = RunnerLock.take(files.lock(), RunnerLock.LIMIT)) {
      JoinedNodes.remove(node, files);
      new ClusterPlan(nodes().stream().filter(each -> !each.name().equals(node)).toList())
          .write(files);
    }
    return true;
  }

  private int nextPort() {
    int least = nodes().stream().mapToInt(NodeSpec::port).max().orElse(0) + 1;
    return Ports.free(environment.bindAddress(), least);
  }

  /// Whether there is a node of that name.
  public boolean has(String node) {
    return processes.containsKey(node);
  }

  /// Starts a node and returns when it answers HTTP, whatever it answers. Nothing happens when it
  /// is running.
  ///
  /// @return whether it was started
  public boolean start(String node) {
    boolean started = startWithoutWaiting(node);
    awaitAnswer(node, READY_LIMIT);
    return started;
  }

  /// Starts a node and returns at once.
  ///
  /// @return whether it was started, that is, was not running
  public boolean startWithoutWaiting(String node) {
    command.prepare();
    NodeProcess process = process(node);
    try (RunnerLock _ = RunnerLock.take(files.lock(), RunnerLock.LIMIT)) {
      if (process.state().isAlive()) {
        return false;
      }
      environment.refuseSharedManagementPort();
      requireFreePort(process);
      spawn(process);
      return true;
    }
  }

  private void requireFreePort(NodeProcess process) {
    NodeSpec node = process.spec();
    if (!Awaiting.until(() -> !Ports.isTaken(environment.bindAddress(), node.port()), PORT_LIMIT)) {
      throw Failure.refused(
          "%s=%d is in use by another program; set %s to a free port, or end that program"
              .formatted(node.portVariable(), node.port(), node.portVariable()));
    }
  }

  private void spawn(NodeProcess process) {
    NodeSpec node = process.spec();
    Map<String, String> own = overrides.getOrDefault(node.name(), Map.of());
    Map<String, String> known = new HashMap<>(variables);
    known.putAll(own);
    var changes = environment.of(node);
    changes.putAll(own);
    process.spawn(command.command(node, known), changes);
  }

  /// Returns when every one of these nodes is ready to serve.
  public void awaitReady(Collection<String> nodes, Duration limit) {
    wait.untilReady(nodes.stream().map(this::process).toList(), limit);
  }

  /// Returns when every node is ready to serve.
  public void awaitReady() {
    awaitReady(processes.keySet(), READY_LIMIT);
  }

  /// Returns when the node answers HTTP at all.
  public void awaitAnswer(String node, Duration limit) {
    wait.untilItAnswers(process(node), limit);
  }

  /// SIGKILL; returns when the process is gone.
  public void kill(String node) {
    process(node).kill();
  }

  /// SIGTERM; returns when the process is gone. One that does not end within [#STOP_LIMIT] is
  /// killed.
  ///
  /// @return whether it ended by itself
  public boolean stop(String node) {
    process(node).terminate();
    return endOrKill(process(node));
  }

  private static boolean endOrKill(NodeProcess process) {
    boolean ended = process.awaitEnd(STOP_LIMIT);
    if (!ended) {
      process.kill();
    }
    return ended;
  }

  /// Stops and starts a node; returns when it answers HTTP.
  public void restart(String node) {
    stop(node);
    start(node);
  }

  /// SIGSTOP; returns when the process is halted.
  public void pause(String node) {
    process(node).pause();
  }

  /// SIGCONT.
  public void unpause(String node) {
    process(node).unpause();
  }

  /// Empties the data directory of a node that is not running.
  public void wipe(String node) {
    if (state(node).isAlive()) {
      throw Failure.refused(node + " is running; stop it before its data is wiped");
    }
    Disk.delete(files.data(node));
  }

  /// Stops every node, all at once; data and logs stay.
  ///
  /// @return the names of those that were running
  public List<String> down() {
    List<NodeProcess> living =
        processes.values().stream().filter(process -> process.state().isAlive()).toList();
    living.forEach(NodeProcess::terminate);
    living.forEach(LocalCluster::endOrKill);
    Disk.delete(files.plan());
    command.tidy();
    return living.stream().map(process -> process.spec().name()).toList();
  }

  /// Removes data, logs and the generated secret. Nothing may be running.
  public void wipe() {
    processes.keySet().forEach(this::wipe);
    Disk.delete(files.directory().resolve("data"));
    Disk.delete(files.directory().resolve("logs"));
    Disk.delete(files.directory().resolve("processes"));
    Disk.delete(files.token());
    Disk.delete(files.joined());
    Disk.delete(files.published());
  }

  /// Sets a variable for one node, from its next start on. It wins over everything else.
  public void set(String node, String variable, String value) {
    overrides
        .computeIfAbsent(process(node).spec().name(), _ -> new ConcurrentHashMap<>())
        .put(variable, value);
  }

  /// What became of each node, the master first. Asks all of them at once.
  public List<NodeStatus> ps() {
    return processes.values().parallelStream().map(this::status).toList();
  }

  private NodeStatus status(NodeProcess process) {
    NodeState state = process.state();
    OptionalInt readiness =
        state == NodeState.RUNNING
            ? probe.status(url(process.spec().name()) + "/readyz")
            : OptionalInt.empty();
    Long pid = process.pid().orElse(null);
    Duration uptime =
        pid == null
            ? null
            : ProcessHandle.of(pid)
                .flatMap(handle -> handle.info().startInstant())
                .map(start -> Duration.between(start, Instant.now()))
                .orElse(null);
    return new NodeStatus(process.spec(), pid, state, readiness, uptime);
  }

  public NodeState state(String node) {
    return process(node).state();
  }

  /// Exit code of a process that this instance started and that has ended. A signal counts as 128
  /// and its number.
  public OptionalInt exitCode(String node) {
    return process(node).exitCode();
  }

  /// Process id of a running node.
  public long pid(String node) {
    return process(node).pid().orElseThrow(() -> Failure.refused(node + " is not running"));
  }

  public List<NodeSpec> nodes() {
    return processes.values().stream().map(NodeProcess::spec).toList();
  }

  /// Base address of a node, such as `http://127.0.0.1:6061`.
  public String url(String node) {
    return environment.url(process(node).spec());
  }

  public Path logFile(String node) {
    return files.log(process(node).spec().name());
  }

  public Path dataDirectory(String node) {
    return files.data(process(node).spec().name());
  }

  /// The secret between the nodes.
  public String token() {
    return ClusterToken.find(variables, files)
        .orElseThrow(
            () -> Failure.refused("there is no cluster token yet; the first node creates one"));
  }

  /// Kills whatever runs. Data and logs stay.
  @Override
  public void close() {
    killAll();
  }

  /// Kills every node at once; returns when all are gone.
  public void killAll() {
    processes.values().forEach(NodeProcess::sendKill);
    processes.values().forEach(NodeProcess::kill);
  }

  private NodeProcess process(String node) {
    NodeProcess process = processes.get(node);
    if (process == null) {
      throw Failure.usage(
          "there is no node '%s'; the nodes are: %s"
              .formatted(node, String.join(", ", processes.keySet())));
    }
    return process;
  }
}
