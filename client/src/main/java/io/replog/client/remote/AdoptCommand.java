package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Console;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Scanner;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Tells a master that has lost its log to take over the one of its followers.
@Command(
    name = "adopt",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a master without a log take over the longest verified log among its followers.",
      "Needs the cluster token: CLUSTER_TOKEN, CLUSTER_TOKEN_FILE, or the local cluster's;",
      "or the key of an admin."
    })
final class AdoptCommand implements Callable<Integer> {

  /// The master pulls the whole log before it answers.
  private static final Duration LIMIT = Duration.ofMinutes(10);

  private final Console console;

  @Mixin private final Target target;
  @Mixin private final Operator operator;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--without",
      paramLabel = "NODE",
      split = ",",
      description = {
        "Leave out a follower that cannot say what it holds;",
        "what nobody else holds is then lost."
      })
  private List<String> without = List.of();

  @Option(names = "--json", description = "Print the answer as one JSON line.")
  private boolean json;

  AdoptCommand(Target target, Operator operator, Console console) {
    this.console = console;
    this.target = target;
    this.operator = operator;
  }

  @Override
  public Integer call() {
    boolean asNode = operator.token().isPresent();
    requireConsent(target.master());
    HttpRequest request =
        operator.at(path(asNode), LIMIT).POST(BodyPublishers.ofString("{}")).build();
    console.print(Operator.shown(operator.ask(request), json));
    return 0;
  }

  private String path(boolean asNode) {
    List<String> parameters = new ArrayList<>();
    if (!asNode) {
      parameters.add("confirm=adopt");
    }
    if (!without.isEmpty()) {
      String names = String.join(",", without);
      parameters.add("without=" + URLEncoder.encode(names, StandardCharsets.UTF_8));
    }
    return "/cluster/adopt" + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
  }

  private void requireConsent(String master) {
    if (yes) {
      return;
    }
    if (!console.interactive()) {
      throw Failure.usage("adopt asks before it acts; where nobody can answer, say --yes");
    }
    console.note(
        master + " will take over the longest verified log among its followers. Go on? [y/N]");
    Scanner answer = new Scanner(console.in(), StandardCharsets.UTF_8);
    if (!answer.hasNextLine() || !answer.nextLine().strip().matches("(?i)y(es)?")) {
      throw Failure.refused("nothing was done");
    }
  }
}
