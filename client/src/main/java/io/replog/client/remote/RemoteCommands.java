package io.replog.client.remote;

import io.replog.client.Home;
import io.replog.client.terminal.Console;
import java.util.List;

/// Puts the verbs of the terminal client together.
public final class RemoteCommands {

  private final Home home;
  private final Console console;

  public RemoteCommands(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  /// Every verb, in the order of the help.
  public List<Object> all() {
    return List.of(
        new AddCommand(home, console),
        new ListCommand(home, console),
        new TailCommand(home, console),
        new HealthCommand(home, console),
        new VerifyCommand(home, console),
        new AdoptCommand(home, console),
        new FaultCommand(home, console),
        new TraceCommand(home, console));
  }
}
