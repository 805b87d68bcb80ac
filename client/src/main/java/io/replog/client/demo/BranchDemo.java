package io.replog.client.demo;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.branches.Connectors;
import io.replog.client.check.MismatchException;
import io.replog.client.cluster.ClusterFiles;
import io.replog.client.cluster.Disk;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.LocalClusterBuilder;
import io.replog.client.cluster.LocalConnectors;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.cluster.Ports;
import io.replog.client.terminal.Console;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/// The tour of branches and head office: lays out cluster, connectors and databases, plays
/// [BranchScenes], and throws all away.
final class BranchDemo {

  private static final int NOT_AS_TOLD = 1;

  private final Home home;
  private final Console console;

  BranchDemo(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  /// @param directory of its own, deleted at the end
  /// @return the exit code
  int play(Path directory, boolean atOnce) {
    Pace pace = Pace.of(atOnce ? Duration.ZERO : null, console);
    LocalCluster cluster = cluster(directory);
    LocalConnectors connectors = connectors(directory, cluster);
    Thread cleaning = new Thread(() -> clean(connectors, cluster, directory), "end the demo");
    Runtime.getRuntime().addShutdownHook(cleaning);
    try {
      play(cluster, connectors, pace);
      return 0;
    } catch (MismatchException | Failure problem) {
      console.print("   " + console.red("NOT AS TOLD") + "  " + problem.getMessage());
      return NOT_AS_TOLD;
    } finally {
      clean(connectors, cluster, directory);
    }
  }

  private void play(LocalCluster cluster, LocalConnectors connectors, Pace pace) {
    console.print("Starting a master, two followers and the connectors of their own ...");
    cluster.up();
    String master = cluster.url(NodeSpec.MASTER);
    connectors.up(master);
    console.print("Open " + connectors.url() + "/ beside this terminal; it shows what happens.");
    BranchScenes scenes =
        new BranchScenes(
            new Connectors(connectors.url(), null),
            new Narrator(console),
            pace,
            () -> {
              connectors.kill();
              connectors.up(master);
            });
    scenes.play();
    console.print("");
    console.print(console.green("All went as told: nothing was doubled, nothing was lost."));
    pace.pause();
  }

  private LocalCluster cluster(Path directory) {
    LocalClusterBuilder builder = new LocalClusterBuilder(directory, home.nodeCommand());
    DemoCluster.settings().forEach(builder::set);
    return builder.build();
  }

  private LocalConnectors connectors(Path directory, LocalCluster cluster) {
    Map<String, String> settings = new HashMap<>(DemoCluster.settings());
    settings.put("CONNECTORS_PORT", Integer.toString(Ports.free()));
    settings.put("LOG_URL", cluster.url(NodeSpec.MASTER));
    settings.put("BRANCH_1_INTERVAL", "1s");
    settings.put("BRANCH_2_INTERVAL", "1s");
    settings.putAll(LocalConnectors.twoBranches(directory.resolve("databases")));
    return new LocalConnectors(
        new ClusterFiles(directory), home.root(), home.files().programs(), settings);
  }

  private static synchronized void clean(
      LocalConnectors connectors, LocalCluster cluster, Path directory) {
    connectors.close();
    cluster.close();
    Disk.delete(directory);
  }
}
