package io.replog.client.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/// The three streams of a command, and whether colour is welcome.
///
/// @param out what was asked for
/// @param err progress and complaints
/// @param colour whether a person looks at a terminal that shows colour
/// @param interactive whether there is a person who can answer a question
public record Console(
    PrintStream out, PrintStream err, InputStream in, boolean colour, boolean interactive) {

  /// The console of this process. `NO_COLOR` and everything that is not a terminal turn colour off.
  public static Console system(Map<String, String> environment) {
    boolean terminal = System.console() != null && System.console().isTerminal();
    boolean wanted =
        environment.getOrDefault("NO_COLOR", "").isEmpty()
            && !"dumb".equals(environment.get("TERM"));
    return new Console(System.out, System.err, System.in, terminal && wanted, terminal);
  }

  /// The same console with something else on its standard input.
  public Console withInput(InputStream other) {
    return new Console(out, err, other, colour, interactive);
  }

  public void print(String line) {
    out.println(line);
  }

  /// A line for the person that must not end up in a pipe.
  public void note(String line) {
    err.println(line);
  }

  public String green(String text) {
    return painted("32", text);
  }

  public String yellow(String text) {
    return painted("33", text);
  }

  public String red(String text) {
    return painted("31", text);
  }

  public String faint(String text) {
    return painted("2", text);
  }

  private String painted(String code, String text) {
    return colour ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }
}
