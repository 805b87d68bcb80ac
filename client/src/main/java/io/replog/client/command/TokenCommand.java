package io.replog.client.command;

import io.replog.client.Home;
import io.replog.client.terminal.Console;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/// Prints the secret between the nodes.
@Command(
    name = "token",
    mixinStandardHelpOptions = true,
    description = "Prints the secret that the nodes of the local cluster know each other by.")
final class TokenCommand implements Callable<Integer> {

  private final Home home;
  private final Console console;

  TokenCommand(Home home, Console console) {
    this.home = home;
    this.console = console;
  }

  @Override
  public Integer call() {
    console.print(home.cluster().token());
    return 0;
  }
}
