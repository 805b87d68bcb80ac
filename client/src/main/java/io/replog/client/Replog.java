package io.replog.client;

import io.replog.client.command.RunnerCommands;
import io.replog.client.remote.RemoteCommands;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/// The command line: puts the verbs together, turns failures into one line and an exit code.
@Command(
    name = "replog",
    description = "Runs a replicated log on this machine, and talks to one anywhere.",
    mixinStandardHelpOptions = true,
    versionProvider = Replog.Version.class,
    synopsisSubcommandLabel = "VERB",
    footer = {
      "",
      "Exit codes: 0 done, 2 usage or settings, 3 refused or unavailable, 4 outcome unknown.",
      "More about a verb: replog VERB --help"
    })
public final class Replog {

  private static final int INTERNAL_ERROR = 1;

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
    CommandLine line = new CommandLine(new Replog());
    Stream.of(new RunnerCommands(home, console).all(), new RemoteCommands(home, console).all())
        .flatMap(verbs -> verbs.stream())
        .forEach(line::addSubcommand);
    line.getSubcommands()
        .values()
        .forEach(verb -> verb.getCommandSpec().versionProvider(new Version()));
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((wrong, _) -> explainUsage(console, wrong));
    line.setExecutionExceptionHandler((failure, _, _) -> explain(console, failure));
    return arguments.length == 0 ? line.execute("--help") : line.execute(arguments);
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static int explainUsage(Console console, ParameterException wrong) {
    String verb = wrong.getCommandLine().getCommandSpec().qualifiedName();
    console.note("replog: " + wrong.getMessage() + " (see " + verb + " --help)");
    return Failure.Kind.USAGE.exitCode();
  }

  private static int explain(Console console, Exception problem) {
    return switch (problem) {
      case Failure failure -> {
        console.note("replog: " + failure.getMessage());
        yield failure.kind().exitCode();
      }
      case UncheckedIOException disk -> {
        console.note("replog: " + Printable.escape(String.valueOf(disk.getCause())));
        yield Failure.Kind.REFUSED.exitCode();
      }
      default -> {
        console.note(
            "replog: this should not have happened: " + Printable.escape(problem.toString()));
        problem.printStackTrace(console.err());
        yield INTERNAL_ERROR;
      }
    };
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
