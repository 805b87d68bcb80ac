package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Pace;
import io.replog.benchmarks.load.Tally;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `replog bench side-by-side`.
@Command(
    name = "side-by-side",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Appends messages of 100 bytes to this log and to other systems, in turns, three nodes of"
          + " each",
      "on this machine, all by the same generator. Missing systems are installed from Debian's",
      "packages, Kafka from Maven Central. It wants a machine with nothing else to do, and"
          + " compares:",
      "no figure of it means anything on another machine.",
      "Exit codes: 0 measured, 2 usage, 3 something could not be started."
    })
public final class SideBySideCommand implements Callable<Integer> {

  private static final Path PAGE = Path.of("docs/benchmarks.md");
  private static final Path PLOT = Path.of("docs/side-by-side.svg");
  private static final Duration FIRST = Duration.ofSeconds(10);

  /// Load of a kind that is not counted, before each measurement.
  private static final Duration SETTLING = Duration.ofSeconds(4);

  @Option(
      names = "--systems",
      paramLabel = "NAME,...",
      split = ",",
      description = "Which take part: ${COMPLETION-CANDIDATES}; all when absent.")
  private List<Contender> contenders = List.of(Contender.values());

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "3",
      description = "Rounds, of which the median counts; ${DEFAULT-VALUE} when absent.")
  private int rounds;

  @Option(
      names = "--connections",
      paramLabel = "N,...",
      split = ",",
      defaultValue = "1,32,128",
      description = "One measurement each, in rising order; 1,32,128 when absent.")
  private List<Integer> connections = List.of();

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "8",
      description = "Length of each measurement; ${DEFAULT-VALUE} when absent.")
  private int seconds;

  @Option(
      names = "--warm-up",
      paramLabel = "S",
      defaultValue = "120",
      description = {
        "Load before, behind the first ten seconds, until it gets no faster for thirty; so many"
            + " seconds",
        "at most; ${DEFAULT-VALUE} when absent."
      })
  private int warmUp;

  @Option(
      names = "--rate",
      paramLabel = "R",
      defaultValue = "1000",
      description = "Requests a second of the open loop; ${DEFAULT-VALUE} when absent.")
  private int rate;

  @Option(
      names = "--write",
      description = "Put tables and plot into docs/benchmarks.md and docs/side-by-side.svg.")
  private boolean write;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || seconds < 1 || warmUp < 1 || rate < 1 || !isRising()) {
      throw new ParameterException(
          spec.commandLine(), "numbers are 1 or more, and --connections rise");
    }
    Map<Contender, String> versions = new LinkedHashMap<>();
    for (Contender contender : contenders) {
      versions.put(contender, contender.install());
    }
    String loadBefore = Machine.load();
    Turns turns = run();
    List<String> lines = description(versions, loadBefore);
    lines.addAll(new Report(turns, connections, rate).lines());
    lines.forEach(System.out::println);
    if (write) {
      write(turns, lines);
    }
    return 0;
  }

  private boolean isRising() {
    return connections.getFirst() >= 1
        && connections.stream().sorted(Comparator.naturalOrder()).toList().equals(connections);
  }

  private Turns run() throws IOException {
    Path directory =
        Files.createTempDirectory(
            Files.createDirectories(Path.of(".replog").toAbsolutePath()), "side-by-side-");
    warmGenerator(directory.resolve("generator"));
    Turns turns = new Turns();
    for (int round = 1; round <= rounds; round++) {
      List<Contender> order = new ArrayList<>(contenders);
      Collections.rotate(order, 1 - round);
      for (Contender contender : order) {
        turns.add(turn(contender, directory.resolve("%d-%s".formatted(round, contender))));
      }
    }
    deleteTree(directory);
    return turns;
  }

  /// The generator compiles itself too, and would count that against whoever comes first.
  private void warmGenerator(Path directory) throws IOException {
    Files.createDirectories(directory);
    try (Running running = Contender.SERVLET.start(directory)) {
      running.append(connections.getLast(), new Pace.AsFastAsAnswered(), FIRST);
    }
    deleteTree(directory);
  }

  private Turn turn(Contender contender, Path directory) throws IOException {
    Files.createDirectories(directory);
    System.out.printf("%s: load %s, starting%n", contender.words(), Machine.load());
    Turn turn;
    try (Running running = contender.start(directory)) {
      turn = measure(contender, running);
    }
    deleteTree(directory);
    return turn;
  }

  private Turn measure(Contender contender, Running running) throws IOException {
    Pace closed = new Pace.AsFastAsAnswered();
    int most = connections.getLast();
    Tally first = running.append(most, closed, FIRST);
    say("first 10 s", first);
    Duration warming =
        new WarmUp(Duration.ofSeconds(warmUp))
            .run(slice -> running.append(most, closed, slice).perSecond());
    System.out.printf("  warm after   %8d s%n", warming.toSeconds());
    Map<Integer, Tally> tallies = new LinkedHashMap<>();
    for (int count : connections) {
      Tally tally = settled(running, count, closed);
      say(count + " at once", tally);
      tallies.put(count, tally);
    }
    Tally open = settled(running, most, new Pace.Fixed(rate));
    say("fixed rate", open);
    running.stream(SETTLING);
    OptionalDouble stream = running.stream(Duration.ofSeconds(seconds));
    stream.ifPresent(each -> System.out.printf("  streamed     %8.0f/s%n", each));
    return new Turn(contender, first, tallies, open, stream);
  }

  private Tally settled(Running running, int count, Pace pace) throws IOException {
    running.append(count, pace, SETTLING);
    return running.append(count, pace, Duration.ofSeconds(seconds));
  }

  private static void say(String what, Tally tally) {
    System.out.printf(
        "  %-12s %8.0f/s  p50 %7.2f  p99 %7.2f ms  failed %d, refused %d%n",
        what,
        tally.perSecond(),
        tally.millisAt(50),
        tally.millisAt(99),
        tally.failed(),
        tally.refused());
  }

  private List<String> description(Map<Contender, String> versions, String loadBefore)
      throws IOException {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s, %s. Load average %s before and %s after. %d rounds in turns, medians:"
                .formatted(LocalDate.now(), Machine.line(), loadBefore, Machine.load(), rounds)
            + " `./replog bench side-by-side%s --rounds %d --connections %s --seconds %d --warm-up %d --rate %d`."
                .formatted(named(), rounds, joined(connections), seconds, warmUp, rate));
    lines.add("");
    versions.forEach(
        (contender, version) -> lines.add("- %s: %s".formatted(contender.words(), version)));
    lines.add("");
    return lines;
  }

  /// What names the systems, where it is not all of them.
  private String named() {
    return contenders.size() == Contender.values().length ? "" : " --systems " + joined(contenders);
  }

  private static String joined(List<?> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private void write(Turns turns, List<String> lines) throws IOException {
    List<String> part = new ArrayList<>(lines);
    part.add("");
    part.add("![Appends a second, each waited for](%s)".formatted(PLOT.getFileName()));
    new MarkedPage(PAGE, "side by side").replace(part);
    Files.write(PLOT, new Plot(turns, connections).lines());
  }

  private static void deleteTree(Path root) throws IOException {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
