package io.replog.benchmarks;

import io.replog.benchmarks.load.ClockedAdd;
import io.replog.benchmarks.load.Generator;
import io.replog.benchmarks.load.Load;
import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Tails;
import io.replog.benchmarks.load.Tally;
import io.replog.client.terminal.Table;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `replog bench tails`: how late a message is on many live tails of one node.
@Command(
    name = "tails",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Opens live tails of one node, adds messages at a fixed rate, and tells how old each was"
          + " when",
      "a tail had it, from the sending of its add. The messages stay in the log.",
      "Exit codes: 0 measured, 2 usage, 3 a tail or the cluster could not be reached or broke off."
    })
final class TailsCommand implements Callable<Integer> {

  private static final Duration WARM_UP = Duration.ofSeconds(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int ADDS_AT_ONCE = 16;
  private static final int MOST_TAILS = 1_000;

  @Option(
      names = "--master",
      paramLabel = "URL",
      description = "Where messages are added; otherwise the local master.")
  private @Nullable URI master;

  @Option(
      names = "--node",
      paramLabel = "URL",
      description = "Whose tails are read, any node; otherwise those of the master.")
  private @Nullable URI node;

  @Option(
      names = "--tails",
      paramLabel = "N",
      defaultValue = "1000",
      description = "How many tails; ${DEFAULT-VALUE} when absent.")
  private int tails;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "20",
      description =
          "Messages a second, each of them once on every tail; ${DEFAULT-VALUE} when absent.")
  private double rate;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "20",
      description = "Length of the measurement; ${DEFAULT-VALUE} when absent.")
  private int seconds;

  @Option(
      names = "--write-concern",
      paramLabel = "W",
      defaultValue = "2",
      description = "How many nodes must hold a message; ${DEFAULT-VALUE} when absent.")
  private int writeConcern;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    require(
        tails >= 1 && tails <= MOST_TAILS,
        "--tails is 1 to %d, for which a node has places".formatted(MOST_TAILS));
    require(rate > 0, "--rate is more than 0");
    require(seconds >= 1, "--seconds is 1 or more");
    require(writeConcern >= 1, "--write-concern is 1 or more");
    require(
        LocalMaster.isPlain(master) && LocalMaster.isPlain(node),
        "--master and --node begin with http://");
    InetSocketAddress adding = LocalMaster.address(master);
    InetSocketAddress read = node == null ? adding : LocalMaster.address(node);
    Duration length = Duration.ofSeconds(seconds);
    try (Tails open = Tails.open(read, tails, length, PATIENCE)) {
      add(adding, WARM_UP);
      open.countFrom(System.nanoTime());
      Tally adds = add(adding, length);
      open.awaitMessages(adds.done(), PATIENCE);
      open.end();
      print(adds, open);
    }
    return 0;
  }

  private Tally add(InetSocketAddress adding, Duration length) throws IOException {
    return Generator.run(
        new Load(adding, new ClockedAdd(writeConcern), ADDS_AT_ONCE, new Pace.Fixed(rate), length));
  }

  private void require(boolean holds, String allowed) {
    Usage.require(spec, holds, allowed);
  }

  private void print(Tally adds, Tails open) {
    Table table =
        new Table(
            "tails",
            "messages",
            "failed",
            "events/s",
            "p50 ms",
            "p99 ms",
            "p99.9 ms",
            "max ms",
            "astray");
    table.add(
        String.valueOf(tails),
        String.valueOf(adds.done()),
        String.valueOf(adds.failed() + adds.refused()),
        format("%.0f", (double) open.events() / seconds),
        format("%.1f", open.ages().millisAt(50)),
        format("%.1f", open.ages().millisAt(99)),
        format("%.1f", open.ages().millisAt(99.9)),
        format("%.1f", open.ages().maxMillis()),
        String.valueOf(open.astray()));
    table.lines().forEach(System.out::println);
  }

  private static String format(String format, double value) {
    return String.format(Locale.ROOT, format, value);
  }
}
