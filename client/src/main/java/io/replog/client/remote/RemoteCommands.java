package io.replog.client.remote;

import io.replog.client.Home;
import io.replog.client.terminal.Console;
import java.util.ArrayList;
import java.util.List;

/// Puts the verbs of the terminal client together.
public final class RemoteCommands {

  private final Home home;
  private final Target target;
  private final Console console;

  /// @param target the cluster that all verbs talk to; their options may say otherwise
  public RemoteCommands(Home home, Target target, Console console) {
    this.home = home;
    this.target = target;
    this.console = console;
  }

  /// Every verb, in the order of the help.
  public List<Object> all() {
    List<Object> verbs = new ArrayList<>(everyday());
    verbs.add(new RunCommand(target, console));
    verbs.add(new TableCommand(target, console));
    verbs.add(new JoinCommand(home, target, new Operator(home, target), console));
    verbs.add(new LeaveCommand(home, target, new Operator(home, target), console));
    verbs.add(new AdoptCommand(target, new Operator(home, target), console));
    return verbs;
  }

  /// The verbs that can be used without a thought, in the order of the help.
  public List<Object> everyday() {
    return List.of(
        new AddCommand(target, console),
        new ListCommand(target, console),
        new TailCommand(target, console),
        new HealthCommand(target, console),
        new LagCommand(target, console),
        new TraceCommand(target, console),
        new FaultCommand(target, new Operator(home, target), console),
        new VerifyCommand(target, console));
  }
}
