package io.replog.system.overload;

import io.replog.system.kit.TestCluster;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `replog overload`.
@Command(
    name = "overload",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measures the throughput of a cluster of its own: healthy, with a follower down, with one"
          + " that",
      "comes and goes, and with ten times the clients. It wants a machine with nothing else to do.",
      "Adds wait for one node, then for two. Exit codes: 0 at least 70 % of the healthy throughput",
      "is left, and is back within 10 s after the overload; nothing fails, and with a sick"
          + " follower",
      "nothing is refused and the slowest hundredth takes at most twice as long; a dead follower"
          + " is",
      "noticed within 2 s. 1 one of these is not so; 2 usage."
    })
public final class OverloadCommand implements Callable<Integer> {

  private static final List<Integer> CONCERNS = List.of(1, 2);
  private static final String NODE_OPTIONS = "-Xmx512m -XX:+UseSerialGC";

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "10",
      description = "How long each condition goes on in each round; ${DEFAULT-VALUE} when absent.")
  private int seconds;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds, of which the median counts; ${DEFAULT-VALUE} when absent.")
  private int rounds;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    if (seconds < 1 || rounds < 1) {
      throw new ParameterException(spec.commandLine(), "--seconds and --rounds are 1 or more");
    }
    Duration length = Duration.ofSeconds(seconds);
    OverloadRun.plan(rounds, length).forEach(System.out::println);
    try (TestCluster cluster =
        TestCluster.running("overload-run", settings -> settings.set("JAVA_OPTS", NODE_OPTIONS))) {
      List<Figures> figures =
          CONCERNS.stream()
              .map(concern -> new OverloadRun(cluster, length, concern, System.out).run(rounds))
              .toList();
      figures.forEach(each -> each.lines().forEach(System.out::println));
      System.out.printf(
          "load average %.1f%n",
          ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
      return figures.stream().allMatch(Figures::isKept) ? 0 : 1;
    }
  }
}
