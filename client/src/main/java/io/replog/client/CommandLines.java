package io.replog.client;

import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/// Puts verbs together to a command line that turns every failure into one line and an exit code,
/// and takes arguments as they stand.
public final class CommandLines {

  private static final int INTERNAL_ERROR = 1;

  private CommandLines() {}

  /// @param program what holds the verbs
  public static CommandLine of(Object program, List<Object> verbs, Console console) {
    CommandLine line = new CommandLine(program);
    verbs.forEach(line::addSubcommand);
    line.setExpandAtFiles(false);
    line.setOut(writer(console.out()));
    line.setErr(writer(console.err()));
    line.setColorScheme(
        CommandLine.Help.defaultColorScheme(
            console.colour() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
    line.setParameterExceptionHandler((wrong, _) -> explainUsage(console, wrong));
    line.setExecutionExceptionHandler((failure, _, _) -> explain(console, failure));
    return line;
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, stream.charset());
  }

  private static int explainUsage(Console console, ParameterException wrong) {
    String verb = wrong.getCommandLine().getCommandSpec().qualifiedName();
    console.note(
        "replog: "
            + Printable.escape(String.valueOf(wrong.getMessage()))
            + " (see "
            + verb
            + " --help)");
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
}
