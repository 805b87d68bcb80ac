package io.replog.client.demo;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.check.MismatchException;
import io.replog.client.cluster.Disk;
import io.replog.client.terminal.Console;
import io.replog.model.settings.Durations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// The guided tour.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "A guided tour of some five minutes: delay, blocking, late join, order, recovery, played on",
      "a cluster of its own, which is thrown away at the end. Its page shows the same. Each scene",
      "is checked. Enter goes on; where nobody can press it, it goes on by itself."
    },
    footer = {"", "Exit codes: 0 all went as told, 1 something did not."})
public final class DemoCommand implements Callable<Integer> {

  private static final int NOT_AS_TOLD = 1;
  private static final int INTERRUPTED = 130;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  static final List<Scene> SCENES =
      List.of(
          new DelayScene(),
          new BlockingScene(),
          new LateJoinScene(),
          new OrderScene(),
          new RecoveryScene());

  private final Home home;
  private final Console console;

  @Option(
      names = "--pace",
      paramLabel = "D",
      description = "Go on by itself after this time, such as 5s, at most 1m.")
  private @Nullable String pace;

  @Option(names = "--fast", description = "Go on at once.")
  private boolean fast;

  public DemoCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    Pace pauses = Pace.of(fast ? Duration.ZERO : chosenPace(), console);
    Path directory = newDirectory();
    DemoCluster cluster = new DemoCluster(directory, home.nodeCommand());
    Thread cleaning = new Thread(() -> clean(cluster, directory), "end the demo");
    Runtime.getRuntime().addShutdownHook(cleaning);
    try {
      return play(cluster, pauses);
    } finally {
      clean(cluster, directory);
    }
  }

  @Command(
      name = "branches",
      mixinStandardHelpOptions = true,
      description = {
        "The tour of branch databases and their head office, on a cluster and databases of its"
            + " own,",
        "which are thrown away at the end. Each step is checked."
      })
  int branches(@Option(names = "--fast", description = "Go on at once.") boolean atOnce) {
    return new BranchDemo(home, console).play(newDirectory(), atOnce);
  }

  private @Nullable Duration chosenPace() {
    String written = pace;
    return written == null
        ? null
        : Durations.parse(written)
            .filter(duration -> duration.compareTo(LONGEST_PAUSE) <= 0)
            .orElseThrow(
                () ->
                    Failure.usage(
                        "--pace %s cannot be used; allowed: a duration up to 1m, such as 5s"
                            .formatted(written)));
  }

  private Path newDirectory() {
    try {
      Path parent = Files.createDirectories(home.files().directory());
      return Files.createTempDirectory(parent, "demo-");
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private int play(DemoCluster cluster, Pace pauses) {
    Narrator narrator = new Narrator(console);
    try {
      console.print("Starting a master and two followers of their own ...");
      cluster.up();
      console.print("Open " + cluster.page() + " beside this terminal; it shows what happens.");
      for (int number = 1; number <= SCENES.size(); number++) {
        Scene scene = SCENES.get(number - 1);
        narrator.announce(number, scene);
        pauses.pause();
        scene.play(cluster, narrator);
      }
      console.print("");
      console.print(console.green("All %d scenes went as told.".formatted(SCENES.size())));
      pauses.pause();
      return 0;
    } catch (MismatchException | Failure problem) {
      return cluster.isClosed() ? INTERRUPTED : tellProblem(problem);
    }
  }

  private int tellProblem(RuntimeException problem) {
    console.print("   " + console.red("NOT AS TOLD") + "  " + problem.getMessage());
    return NOT_AS_TOLD;
  }

  private static synchronized void clean(DemoCluster cluster, Path directory) {
    cluster.close();
    Disk.delete(directory);
  }
}
