package io.replog.client.remote;

import io.replog.client.Home;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Console;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Lets a node leave a running cluster.
@Command(
    name = "leave",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a follower leave the running cluster: it counts no more, and its process goes on;",
      "one that `replog join` has started here is stopped.",
      "Calls that wait for more nodes than there are then end with 504 at once.",
      "Needs the cluster token: CLUSTER_TOKEN, CLUSTER_TOKEN_FILE, or the local cluster's;",
      "or the key of an admin."
    })
final class LeaveCommand implements Callable<Integer> {

  private static final long MAX_TIMEOUT_MILLIS = 600_000;

  /// It has left; it was no member any more; it has left, and no majority is known to hold that.
  private static final Set<Integer> HAS_LEFT = Set.of(200, 404, 504);

  private final Home home;
  private final Console console;

  @Mixin private final Target target;
  @Mixin private final Operator operator;

  @Parameters(index = "0", paramLabel = "NODE", description = "Its name, such as follower-3.")
  private String node = "";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long to wait for a majority, 10s when left out.")
  private String timeout = "10s";

  @Option(names = "--json", description = "Print the answer as one JSON line.")
  private boolean json;

  LeaveCommand(Home home, Target target, Operator operator, Console console) {
    this.home = home;
    this.console = console;
    this.target = target;
    this.operator = operator;
  }

  @Override
  public Integer call() {
    Duration patience = DurationOption.parse("--timeout", timeout, MAX_TIMEOUT_MILLIS);
    String path =
        "/cluster/members/%s?timeout_ms=%d"
            .formatted(URLEncoder.encode(node, StandardCharsets.UTF_8), patience.toMillis());
    HttpRequest request = operator.at(path, patience.plus(Operator.GRACE)).DELETE().build();
    HttpResponse<String> answer = operator.send(request);
    if (HAS_LEFT.contains(answer.statusCode())) {
      stopIfStartedHere();
    }
    console.print(Operator.shown(Operator.good(answer), json));
    return 0;
  }

  private void stopIfStartedHere() {
    LocalCluster local = home.cluster();
    if (target.master().equals(local.url(NodeSpec.MASTER)) && local.forgetJoined(node)) {
      console.note(node + " stopped");
    }
  }
}
