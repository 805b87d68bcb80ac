package io.replog.client.shell;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.remote.AddTimeout;
import io.replog.client.remote.Target;
import io.replog.client.remote.WriteConcern;
import io.replog.client.terminal.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Takes messages and commands line by line.
@Command(
    name = "shell",
    mixinStandardHelpOptions = true,
    description = {
      "Takes messages and commands line by line: a line that begins with a known word is carried",
      "out, any other is added to the log as it stands. 'help' names the words.",
      "What is typed is remembered in ~/.local/state/replog/history, for its owner alone; a line",
      "that begins with a blank is not. Lines of a pipe are carried out in turn without a prompt;",
      "the exit code is then that of the worst failure."
    })
public final class ShellCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  @Mixin private final Target target;

  @Option(
      names = {"-w", "--write-concern"},
      paramLabel = "N",
      description = "Write concern to begin with: 1, 2, ..., majority, all.")
  private @Nullable String concern;

  @Option(
      names = "--timeout",
      paramLabel = "D",
      description = "How long each add waits for other nodes; otherwise without limit.")
  private @Nullable String timeout;

  @Option(names = "--no-history", description = "Remember nothing of what is typed.")
  private boolean noHistory;

  public ShellCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
    this.target = new Target(home);
  }

  @Override
  public Integer call() {
    WriteConcern.require(concern);
    AddTimeout.parse(timeout);
    target.requireMaster();
    Session session = new Session(home, target, console, concern, timeout);
    try (Lines lines = lines(session)) {
      String line = lines.next(session.prompt());
      while (line != null) {
        lines.carryOut(line, session::accept);
        line = session.isOver() ? null : lines.next(session.prompt());
      }
    } catch (Failure unreadable) {
      console.note("replog: " + unreadable.getMessage());
      return Math.max(session.worst(), unreadable.kind().exitCode());
    }
    return console.interactive() ? 0 : session.worst();
  }

  private Lines lines(Session session) {
    if (!console.interactive()) {
      return new PipedLines(console.in());
    }
    console.print("Type a message to add it; help for the words, Ctrl-D to leave.");
    return TypedLines.open(
        new Completion(session.verbs(console).getSubcommands(), target), history());
  }

  private Optional<Path> history() {
    if (noHistory) {
      return Optional.empty();
    }
    Optional<Path> history = HistoryFile.prepare(home.environment());
    if (history.isEmpty()) {
      console.note("replog: nothing is remembered: there can be no history file");
    }
    return history;
  }
}
