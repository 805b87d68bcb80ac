package io.replog.client.command;

import io.replog.client.Home;
import picocli.CommandLine.Command;

/// The verb that measures, in `benchmarks.jar`.
@Command(
    name = "bench",
    description = "Measures a cluster, and other systems beside it (bench side-by-side).")
final class BenchCommand extends Handover {

  BenchCommand(Home home) {
    super(home, "benchmarks", "bench");
  }
}
