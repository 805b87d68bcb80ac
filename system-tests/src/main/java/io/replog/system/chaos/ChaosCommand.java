package io.replog.system.chaos;

import io.replog.system.kit.Repository;
import io.replog.system.kit.TestCluster;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `replog chaos`.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Torments a cluster of its own with faults while clients add and read, then heals it and",
      "checks every promise. A seed repeats the choices of a run, though not its timing.",
      "Exit codes: 0 every promise was kept, 1 one was broken, 2 usage."
    })
public final class ChaosCommand implements Callable<Integer> {

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "How long clients and faults go on; ${DEFAULT-VALUE} when absent.")
  private long seconds;

  @Option(names = "--seed", paramLabel = "N", description = "Decides all choices; drawn if absent.")
  private @Nullable Long seed;

  @Option(
      names = "--seeds",
      paramLabel = "A-B",
      description = "Several runs, one after the other, and a table.")
  private @Nullable String seeds;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "Nodes with the master; ${DEFAULT-VALUE} when absent.")
  private int nodes;

  @Option(
      names = "--clients",
      paramLabel = "N",
      defaultValue = "24",
      description = "Clients that add; ${DEFAULT-VALUE} when absent.")
  private int clients;

  @Option(
      names = "--faults",
      paramLabel = "KIND",
      split = ",",
      description = "What to choose from, such as kill,pause; everything possible when absent.")
  private @Nullable List<String> faults;

  @Option(
      names = "--drain",
      paramLabel = "S",
      defaultValue = "120",
      description = {
        "How long the nodes may take, once everything is healed, until all hold the same;",
        "${DEFAULT-VALUE} when absent, twice what a quiet machine may take."
      })
  private long drain;

  @Option(
      names = "--rabbitmq",
      paramLabel = "URI",
      description = {
        "Batches go through this broker, such as amqp://guest:guest@127.0.0.1:5672; over HTTP",
        "when absent. Packet filters are left out then: the broker would be behind them."
      })
  private @Nullable String rabbitmq;

  @Option(
      names = "--node-options",
      paramLabel = "OPTIONS",
      defaultValue = "",
      hidden = true,
      description = "Further options for the JVM of every node.")
  private String nodeOptions = "";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Set<FaultKind> wanted = wanted();
    List<Long> runs = runs();
    if (wanted.contains(FaultKind.PACKETS) && PacketFaults.arePossible() && !OwnNetwork.isHere()) {
      return OwnNetwork.enter(spec.commandLine().getParseResult().originalArgs());
    }
    Set<FaultKind> possible = possible(wanted);
    ChaosTable table = new ChaosTable();
    for (long run : runs) {
      table.add(run(settings(run, possible)));
    }
    table.lines().forEach(System.out::println);
    return table.broken() == 0 ? 0 : 1;
  }

  private Set<FaultKind> wanted() {
    try {
      Set<FaultKind> kinds =
          faults == null ? EnumSet.allOf(FaultKind.class) : FaultKind.read(faults);
      if (rabbitmq != null && kinds.remove(FaultKind.PACKETS)) {
        System.out.println("left out: packets, the broker is outside of its network");
      }
      return kinds;
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), String.valueOf(wrong.getMessage()), wrong);
    }
  }

  private List<Long> runs() {
    if (nodes < 3 || clients < 1 || seconds < 1 || drain < 1) {
      throw new ParameterException(
          spec.commandLine(), "--nodes is 3 or more, --clients, --seconds and --drain 1 or more");
    }
    if (seeds == null) {
      return List.of(seed == null ? ThreadLocalRandom.current().nextLong(1_000_000) : seed);
    }
    try {
      String[] bounds = seeds.split("-", 2);
      return LongStream.rangeClosed(Long.parseLong(bounds[0]), Long.parseLong(bounds[1]))
          .boxed()
          .toList();
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException wrong) {
      throw new ParameterException(spec.commandLine(), "--seeds is two numbers: 1-50", wrong);
    }
  }

  /// Leaves out what this machine cannot do, and says so.
  private static Set<FaultKind> possible(Set<FaultKind> wanted) {
    Set<FaultKind> possible = EnumSet.noneOf(FaultKind.class);
    for (FaultKind kind : wanted) {
      Optional<String> missing = kind.missing();
      if (missing.isEmpty()) {
        possible.add(kind);
      } else {
        System.out.printf("left out: %s, it needs %s%n", kind.label(), missing.get());
      }
    }
    return possible;
  }

  private ChaosSettings settings(long run, Set<FaultKind> kinds) {
    Path directory = Repository.root().resolve(".replog/chaos/" + run);
    return new ChaosSettings(
        run,
        Duration.ofSeconds(seconds),
        nodes,
        clients,
        kinds,
        Duration.ofSeconds(drain),
        directory,
        nodeOptions,
        rabbitmq);
  }

  private static ChaosReport run(ChaosSettings settings) {
    System.out.printf(
        "seed %d: %d nodes, %d clients, %d s%n",
        settings.seed(), settings.nodes(), settings.clients(), settings.length().toSeconds());
    Path directory = settings.directory();
    TestCluster.deleteTree(directory);
    try {
      Files.createDirectories(directory);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
    ChaosReport report = new ChaosRun(settings, System.out).run();
    HistoryFiles files = new HistoryFiles(directory);
    files.write(report.history());
    List<String> lines = new ArrayList<>(report.lines());
    lines.add("history     " + directory);
    lines.add("repeat      " + report.command());
    files.write("report.txt", lines);
    lines.forEach(System.out::println);
    if (report.isClean()) {
      List.of("data", "disks", "clocks")
          .forEach(name -> TestCluster.deleteTree(directory.resolve(name)));
    }
    return report;
  }
}
