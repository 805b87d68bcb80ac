package io.replog.client.check;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.remote.Target;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import io.replog.client.terminal.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Plays the acceptance scenarios against a cluster and prints a table.
@Command(
    name = "self-check",
    mixinStandardHelpOptions = true,
    description = {
      "Plays the acceptance scenarios against a cluster, and prints a table with times. It adds",
      "messages that begin with 'self-check', and uses the original contract alone: with --master",
      "and --follower any implementation of it can be checked. What needs a follower to be lost is",
      "tried only with --stop and --start, which name shell commands for the last follower, such"
          + " as",
      "--stop './replog kill follower-2' --start './replog start follower-2'."
    },
    footer = {"", "Exit codes: 0 all of it holds, 1 something does not, 2 usage."})
public final class SelfCheckCommand implements Callable<Integer> {

  private static final int BROKEN = 1;

  private final Console console;

  @Mixin private final Target target;

  @Option(names = "--stop", paramLabel = "CMD", description = "Ends the last follower.")
  private @Nullable String stop;

  @Option(names = "--start", paramLabel = "CMD", description = "Starts it again.")
  private @Nullable String start;

  @Option(
      names = "--limit",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long any wait may take, delays included; ${DEFAULT-VALUE} when absent.")
  private int limitSeconds = 60;

  public SelfCheckCommand(Home home, Console console) {
    this.console = console;
    this.target = new Target(home);
  }

  @Override
  public Integer call() {
    Subject cluster = subject();
    Table table = new Table("SCENARIO", "RESULT", "TIME");
    List<String> broken = new ArrayList<>();
    for (Scenario scenario : Scenarios.all()) {
      if (scenario.needsControl() && stop == null) {
        table.add(scenario.name(), "not tried", "-");
      } else {
        play(scenario, cluster, table, broken);
      }
    }
    table.lines().forEach(console::print);
    broken.forEach(reason -> console.print(console.red(reason)));
    return broken.isEmpty() ? 0 : BROKEN;
  }

  private void play(Scenario scenario, Subject cluster, Table table, List<String> broken) {
    console.note(console.faint(scenario.name() + " ..."));
    long begin = System.nanoTime();
    String reason = reasonOfFailure(scenario, cluster);
    double seconds = (System.nanoTime() - begin) / 1e9;
    String result = reason == null ? "ok" : "BROKEN";
    table.add(scenario.name(), result, String.format(Locale.ROOT, "%.3f s", seconds));
    if (reason != null) {
      broken.add(scenario.name() + ": " + Printable.escape(reason));
    }
  }

  private static @Nullable String reasonOfFailure(Scenario scenario, Subject cluster) {
    try {
      scenario.play().accept(cluster);
      return null;
    } catch (MismatchException | Failure broken) {
      return broken.getMessage();
    }
  }

  private Subject subject() {
    if ((stop == null) != (start == null)) {
      throw Failure.usage("--stop and --start go together");
    }
    if (limitSeconds < 1 || limitSeconds > 3_600) {
      throw Failure.usage("--limit takes 1 to 3600 seconds");
    }
    target.requireMaster();
    if (target.plainNodes().size() < 2) {
      throw Failure.usage("a check needs a master and a follower: --master URL --follower URL");
    }
    return new Subject(target.plainNodes(), Duration.ofSeconds(limitSeconds), stop, start);
  }
}
