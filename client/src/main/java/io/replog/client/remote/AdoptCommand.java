package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.terminal.Console;
import io.replog.client.terminal.Printable;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
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
    String master = target.master();
    boolean asNode = operator.token().isPresent();
    requireConsent(master);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(master + path(asNode)))
            .header("Content-Type", "application/json")
            .header("Accept", "application/problem+json, application/json")
            .timeout(LIMIT)
            .POST(BodyPublishers.ofString("{}"));
    HttpResponse<String> answer =
        target.http().ask(operator.signed(request).build(), BodyHandlers.ofString());
    String message = Printable.escape(Http.message(answer.statusCode(), answer.body()));
    if (answer.statusCode() != 200) {
      throw Failure.refused(message);
    }
    console.print(json ? Http.json(answer.body()).toString() : message);
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
