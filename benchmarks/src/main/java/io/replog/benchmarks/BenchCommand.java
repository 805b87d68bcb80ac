package io.replog.benchmarks;

import io.replog.benchmarks.load.Generator;
import io.replog.benchmarks.load.HttpProtocol;
import io.replog.benchmarks.load.Load;
import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Protocol;
import io.replog.benchmarks.load.Tally;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `replog bench`: one kind of request, over and over, against a cluster that runs.
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Adds messages as fast as they are answered, or at a fixed rate, and tells how long callers",
      "waited. Every wait counts from when its request was meant to start. The texts stay in the"
          + " log.",
      "Exit codes: 0 measured, 2 usage, 3 the cluster could not be reached."
    })
final class BenchCommand implements Callable<Integer> {

  private static final Duration COLD = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 1 << 20;

  enum Output {
    TABLE,
    JSON
  }

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where the requests go, a follower if you like; otherwise the local master.")
  private @Nullable URI master;

  @Option(
      names = "--connections",
      paramLabel = "N,...",
      split = ",",
      defaultValue = "1,32,128",
      description = "How many requests may be out at once, one measurement each; 1,32,128.")
  private List<Integer> connections = List.of();

  @Option(
      names = "--rate",
      paramLabel = "R",
      description = "Requests a second, come what may; otherwise as fast as they are answered.")
  private @Nullable Double rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "15",
      description = "Length of each measurement; ${DEFAULT-VALUE} when absent.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "20",
      description = {
        "Length of the load before, at the largest number of connections; ${DEFAULT-VALUE} when",
        "absent. Its first ten seconds are told apart, since new nodes are slow then."
      })
  private int warmUp;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      defaultValue = "100",
      description = "Length of each message; ${DEFAULT-VALUE} when absent.")
  private int size;

  @Option(
      names = "--write-concern",
      paramLabel = "W",
      defaultValue = "2",
      description = "How many nodes must hold a message; ${DEFAULT-VALUE} when absent.")
  private int writeConcern;

  @Option(
      names = "--read",
      arity = "0..1",
      paramLabel = "PATH",
      fallbackValue = "/messages?from=1&limit=100",
      description = "Read this instead of adding; ${FALLBACK-VALUE} when no path is given.")
  private @Nullable String read;

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      defaultValue = "TABLE",
      description = "table or json (one line each); table when absent.")
  private Output output = Output.TABLE;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    requireUsable();
    List<Measured> rows = new ArrayList<>();
    int most = connections.stream().mapToInt(Integer::intValue).max().orElseThrow();
    Duration before = Duration.ofSeconds(warmUp);
    Duration cold = before.compareTo(COLD) < 0 ? before : COLD;
    if (cold.isPositive()) {
      rows.add(measure("first %d s".formatted(cold.toSeconds()), most, cold));
    }
    if (before.compareTo(cold) > 0) {
      rows.add(measure("warm-up", most, before.minus(cold)));
    }
    for (int count : connections) {
      rows.add(measure("measured", count, Duration.ofSeconds(seconds)));
    }
    lines(rows).forEach(System.out::println);
    return 0;
  }

  private void requireUsable() {
    require(connections.stream().allMatch(count -> count >= 1), "--connections are 1 or more");
    require(seconds >= 1, "--seconds is 1 or more");
    require(warmUp >= 0, "--warm-up is 0 or more");
    require(size >= 0 && size <= MOST_BYTES, "--size is 0 to %d".formatted(MOST_BYTES));
    require(writeConcern >= 1, "--write-concern is 1 or more");
    require(rate == null || rate > 0, "--rate is more than 0");
    require(LocalMaster.isPlain(master), "--master begins with http://");
  }

  private void require(boolean holds, String allowed) {
    Usage.require(spec, holds, allowed);
  }

  private Measured measure(String name, int count, Duration length) throws IOException {
    Pace pace = rate == null ? new Pace.AsFastAsAnswered() : new Pace.Fixed(rate);
    Tally tally =
        Generator.run(new Load(LocalMaster.address(master), protocol(), count, pace, length));
    return new Measured(name, count, tally);
  }

  private Protocol protocol() {
    return read == null
        ? HttpProtocol.add("x".repeat(size), writeConcern)
        : HttpProtocol.get(read, "application/json");
  }

  private List<String> lines(List<Measured> rows) {
    return output == Output.TABLE
        ? Measured.table(rows)
        : rows.stream().map(Measured::json).toList();
  }
}
