package io.replog.system.power;

import io.replog.client.Failure;
import io.replog.model.FsyncMode;
import io.replog.system.disk.FileSystem;
import io.replog.system.kit.Repository;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `replog power-cuts`.
@Command(
    name = "power-cuts",
    mixinStandardHelpOptions = true,
    description = {
      "Cuts the power of nodes of its own, and looks for what was acknowledged.",
      "Every node has a file system of its own on a loop device, which is shut down under it; what",
      "was not forced is gone then. Needs root, mkfs.ext4, mkfs.xfs and xfs_io."
    })
public final class PowerCutsCommand implements Callable<Integer> {

  private static final int KEPT = 0;
  private static final int LOST = 1;
  private static final int NOT_TRIED = 3;

  @Option(
      names = "--count",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many cuts; ${DEFAULT-VALUE} when absent.")
  private int count;

  @Option(
      names = "--fs",
      paramLabel = "FS",
      split = ",",
      defaultValue = "ext4,xfs",
      description = "ext4, xfs, or both in turn: ext4,xfs, as when absent.")
  private List<FileSystem> fileSystems = List.of();

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Repeats the choices of a run, though not its timing; random when absent.")
  private @Nullable Long seed;

  @Option(
      names = "--nodes",
      paramLabel = "N",
      defaultValue = "3",
      description = "Size of the cluster, 2 to 9; ${DEFAULT-VALUE} when absent.")
  private int nodes;

  @Option(
      names = "--log-only",
      description = "No cluster: one log with small segments in a process of its own.")
  private boolean logOnly;

  @Option(
      names = "--fsync",
      paramLabel = "MODE",
      defaultValue = "always",
      description = "always, interval or never; with never, a loss has to be found.")
  private String fsync = "";

  @Spec private @Nullable CommandSpec spec;

  /// @return 0 when everything was kept, 1 when something was lost, 3 when it could not be tried
  @Override
  public Integer call() {
    long chosen = seed == null ? new Random().nextInt(1_000_000) : seed;
    CutRun run = run(chosen);
    long start = System.nanoTime();
    try {
      boolean kept = run.run(count);
      return report(run, kept, chosen, Duration.ofNanos(System.nanoTime() - start));
    } catch (Failure impossible) {
      print("replog: " + impossible.getMessage());
      return NOT_TRIED;
    }
  }

  private int report(CutRun run, boolean kept, long chosen, Duration elapsed) {
    run.tally().report().forEach(this::print);
    print("in all         %d s".formatted(elapsed.toSeconds()));
    print("repeat         " + repeat(chosen));
    return kept ? KEPT : LOST;
  }

  private CutRun run(long seed) {
    Path parent = Repository.root().resolve(".replog/power-cuts");
    FsyncMode mode = FsyncMode.valueOf(fsync.toUpperCase(Locale.ROOT));
    return logOnly
        ? CutRun.ofLog(LogSettings.of(mode), parent, fileSystems, seed, this::print)
        : CutRun.ofCluster(ClusterSettings.of(nodes, mode), parent, fileSystems, seed, this::print);
  }

  private String repeat(long seed) {
    String systems =
        fileSystems.stream().map(FileSystem::toString).collect(Collectors.joining(","));
    return "./replog power-cuts --count %d --fs %s --seed %d%s%s"
        .formatted(
            count,
            systems,
            seed,
            logOnly ? " --log-only" : nodes == 3 ? "" : " --nodes " + nodes,
            fsync.equals("always") ? "" : " --fsync " + fsync);
  }

  private void print(String line) {
    PrintWriter out = Objects.requireNonNull(spec, "picocli injects it").commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
