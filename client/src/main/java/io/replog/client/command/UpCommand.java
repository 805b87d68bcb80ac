package io.replog.client.command;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.cluster.ClusterLogs;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.cluster.UpReport;
import io.replog.client.remote.LogSize;
import io.replog.client.terminal.Console;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Starts the cluster of `.env` and tells what can be done with it.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Starts the cluster of .env as processes on this machine and returns when all are ready.",
      "They outlive this shell. A second up starts only what is missing.",
      "Variables of the environment win over .env."
    })
final class UpCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  @Option(
      names = "--followers",
      paramLabel = "N",
      description = "How many followers; otherwise as many as have a FOLLOWER_k_PORT, or 2.")
  private @Nullable Integer followers;

  @Option(
      names = "--tiers",
      description =
          "A core of three, and below it layers that are fed every 10 messages and every 10 s.")
  private boolean tiers;

  @Option(names = "--attach", description = "Follow the logs, and stop the cluster on Ctrl-C.")
  private boolean attach;

  @Option(
      names = {"-d", "--detach"},
      description = "Return when all are ready; this is the default.")
  private boolean detach;

  UpCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    if (attach && detach) {
      throw Failure.usage("--attach and --detach exclude each other");
    }
    LocalCluster cluster = cluster();
    ClusterLogs logs = new ClusterLogs(cluster, console::print);
    if (attach) {
      logs.skip();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(cluster), "stop the cluster"));
    }
    if (!home.nodeCommand().isPrepared()) {
      console.note("preparing this build for quick starts ...");
    }
    console.note("starting the cluster ...");
    UpReport report = cluster.up();
    describe(cluster, report);
    if (attach) {
      follow(logs, cluster);
    }
    return 0;
  }

  private LocalCluster cluster() {
    if (!tiers) {
      return home.newCluster(followers == null ? OptionalInt.empty() : OptionalInt.of(followers));
    }
    if (followers != null) {
      throw Failure.usage("--tiers has two followers in its core; leave --followers out");
    }
    return home.newTiers();
  }

  private void describe(LocalCluster cluster, UpReport report) {
    for (NodeSpec node : cluster.nodes()) {
      console.print(
          "%-11s %s  %s%s"
              .formatted(
                  node.name(),
                  cluster.url(node.name()),
                  outcome(node, report),
                  feed(node) + delay(node)));
    }
    if (report.started().isEmpty()) {
      console.print("Everything was running already.");
      return;
    }
    suggest(cluster);
    if (report.kept()) {
      tellWhatIsKept(cluster);
    }
  }

  private static String outcome(NodeSpec node, UpReport report) {
    if (report.started().contains(node.name())) {
      return "started";
    }
    return report.paused().contains(node.name())
        ? "paused (replog unpause " + node.name() + ")"
        : "was running";
  }

  private static String feed(NodeSpec node) {
    return node.feed() == null ? "" : ", fed %s by %s".formatted(node.feed(), node.upstream());
  }

  private static String delay(NodeSpec node) {
    return node.delay().matches("0(ms|s|m|h|d)?") ? "" : ", delays by " + node.delay();
  }

  private void suggest(LocalCluster cluster) {
    String master = cluster.url(NodeSpec.MASTER);
    String last = cluster.url(cluster.nodes().getLast().name());
    List.of(
            "",
            "Try:",
            "  curl -X POST "
                + master
                + "/add -H 'Content-Type: application/json' -d"
                + " '{\"data\":\"msg1\",\"write_concern\":1}'",
            "  curl " + last + "/messages",
            "  curl " + master + "/health",
            "Then: ./replog logs -f    ./replog ps    ./replog kill follower-1    ./replog down",
            "")
        .forEach(console::print);
  }

  private void tellWhatIsKept(LocalCluster cluster) {
    OptionalLong kept = LogSize.of(home, cluster.url(NodeSpec.MASTER));
    if (kept.isPresent() && kept.getAsLong() > 0) {
      console.print(
          "The log of %d message%s is kept from earlier; ./replog down --wipe starts empty."
              .formatted(kept.getAsLong(), kept.getAsLong() == 1 ? "" : "s"));
    }
  }

  private static void follow(ClusterLogs logs, LocalCluster cluster) {
    logs.follow(
        () -> cluster.nodes().stream().anyMatch(node -> cluster.state(node.name()).isAlive()));
  }

  private void stop(LocalCluster cluster) {
    console.note("stopping the cluster ...");
    cluster.down();
  }
}
