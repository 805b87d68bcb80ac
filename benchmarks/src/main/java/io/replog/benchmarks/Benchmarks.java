package io.replog.benchmarks;

import io.replog.benchmarks.micro.MicroCommand;
import io.replog.benchmarks.peers.SideBySideCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/// The command line of `benchmarks.jar`; people reach it as `./replog bench`.
@Command(
    name = "replog",
    synopsisSubcommandLabel = "VERB",
    description = "Measures a replicated log.")
public final class Benchmarks {

  private static final int IMPOSSIBLE = 3;

  private Benchmarks() {}

  /// Exit codes: 0 it was measured, 2 usage, 3 it could not be measured.
  public static void main(String[] arguments) {
    CommandLine bench = new CommandLine(new BenchCommand());
    bench.addSubcommand(new SideBySideCommand());
    bench.addSubcommand(new TailsCommand());
    bench.addSubcommand(new MicroCommand());
    CommandLine line = new CommandLine(new Benchmarks());
    line.addSubcommand(bench);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setExecutionExceptionHandler((failure, _, _) -> explain(failure));
    System.exit(line.execute(arguments));
  }

  private static int explain(Exception failure) {
    System.err.println("replog: " + failure);
    return IMPOSSIBLE;
  }
}
