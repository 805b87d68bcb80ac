package io.replog.client;

import io.replog.client.branches.BranchesCommand;
import io.replog.client.check.SelfCheckCommand;
import io.replog.client.command.RunnerCommands;
import io.replog.client.demo.DemoCommand;
import io.replog.client.remote.RemoteCommands;
import io.replog.client.remote.Target;
import io.replog.client.shell.ShellCommand;
import io.replog.client.terminal.Console;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/// The command line: puts the verbs together.
@Command(
    name = "replog",
    description = "Runs a replicated log on this machine, and talks to one anywhere.",
    mixinStandardHelpOptions = true,
    versionProvider = Replog.Version.class,
    synopsisSubcommandLabel = "VERB",
    footer = {
      "",
      "To type messages and commands one after the other: replog shell",
      "Exit codes: 0 done, 2 usage or settings, 3 refused or unavailable, 4 outcome unknown.",
      "More about a verb: replog VERB --help"
    })
public final class Replog {

  private Replog() {}

  public static void main(String[] arguments) {
    Path root = Path.of(System.getProperty("replog.home", ".")).toAbsolutePath().normalize();
    Console console = Console.system(System.getenv());
    System.exit(run(Home.of(root, System.getenv()), console, arguments));
  }

  /// Runs one command line; an empty one shows the help.
  ///
  /// @return the exit code
  public static int run(Home home, Console console, String... arguments) {
    CommandLine line = CommandLines.of(new Replog(), verbs(home, console), console);
    line.getSubcommands()
        .values()
        .forEach(verb -> verb.getCommandSpec().versionProvider(new Version()));
    return arguments.length == 0 ? line.execute("--help") : line.execute(arguments);
  }

  private static List<Object> verbs(Home home, Console console) {
    List<Object> verbs = new ArrayList<>(new RunnerCommands(home, console).all());
    verbs.addAll(new RemoteCommands(home, new Target(home), console).all());
    verbs.add(new BranchesCommand(home, console));
    verbs.add(new ShellCommand(home, console));
    verbs.add(new SelfCheckCommand(home, console));
    verbs.add(new DemoCommand(home, console));
    return verbs;
  }

  /// Tells the version that the jar's manifest carries.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Replog.class.getPackage().getImplementationVersion();
      return new String[] {"replog " + (version == null ? "(not packaged)" : version)};
    }
  }
}
