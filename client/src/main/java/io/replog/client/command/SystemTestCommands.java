package io.replog.client.command;

import io.replog.client.Failure;
import io.replog.client.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// The verbs that torment a cluster of their own. They are a program of their own too,
/// `system-tests.jar`, which is given the arguments as they stand.
final class SystemTestCommands {

  private SystemTestCommands() {}

  @Command(
      name = "chaos",
      description = "Torments a cluster of its own with faults, and checks every promise.")
  static final class Chaos extends Handover {
    Chaos(Home home) {
      super(home, "chaos");
    }
  }

  @Command(
      name = "power-cuts",
      description = "Cuts the power of nodes of its own, and looks for what was acknowledged.")
  static final class PowerCuts extends Handover {
    PowerCuts(Home home) {
      super(home, "power-cuts");
    }
  }

  @Command(
      name = "overload",
      description = "Measures what a sick follower and ten times the load cost.")
  static final class Overload extends Handover {
    Overload(Home home) {
      super(home, "overload");
    }
  }

  /// Hands everything over, `--help` included, and ends as the program ends.
  private abstract static class Handover implements Callable<Integer> {

    private final Home home;
    private final String verb;

    @Unmatched private final List<String> arguments = new ArrayList<>();

    Handover(Home home, String verb) {
      this.home = home;
      this.verb = verb;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
      Process program =
          new ProcessBuilder(commandLine()).directory(home.root().toFile()).inheritIO().start();
      Thread ending = new Thread(program::destroy, "end " + verb);
      Runtime.getRuntime().addShutdownHook(ending);
      return program.waitFor();
    }

    private List<String> commandLine() {
      Path jar = home.root().resolve("system-tests/target/system-tests.jar");
      if (!Files.exists(jar)) {
        throw Failure.refused(
            "%s is missing; build it with: mvn -DskipTests package".formatted(jar));
      }
      List<String> line = new ArrayList<>();
      line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      line.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8"));
      line.addAll(List.of("-Dstderr.encoding=UTF-8", "-jar", jar.toString(), verb));
      line.addAll(arguments);
      return line;
    }
  }
}
