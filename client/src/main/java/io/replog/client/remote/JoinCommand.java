package io.replog.client.remote;

import io.replog.client.Failure;
import io.replog.client.Home;
import io.replog.client.cluster.LocalCluster;
import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Console;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// Lets a node join a running cluster.
@Command(
    name = "join",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a follower join the running cluster; returns when it has caught up and counts.",
      "Without URL a new node is started on this machine, beside those of `replog up`.",
      "Needs the cluster token: CLUSTER_TOKEN, CLUSTER_TOKEN_FILE, or the local cluster's."
    })
final class JoinCommand implements Callable<Integer> {

  private static final long MAX_TIMEOUT_MILLIS = 600_000;

  private final Home home;
  private final Console console;

  @Mixin private final Target target;
  @Mixin private final Operator operator;

  @Parameters(index = "0", paramLabel = "NODE", description = "Its name, such as follower-3.")
  private String node = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "URL",
      description = "Where the master reaches it, such as http://10.0.0.4:6064.")
  private @Nullable String url;

  @Option(
      names = "--feed",
      paramLabel = "FEED",
      description = {
        "How entries come to it: eager when left out, and then it counts; a layer node,",
        "such as 'every 10 messages', is noted in the log and does not count."
      })
  private @Nullable String feed;

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "How long it may take to catch up, 60s when left out.")
  private String timeout = "60s";

  @Option(names = "--json", description = "Print the answer as one JSON line.")
  private boolean json;

  JoinCommand(Home home, Target target, Operator operator, Console console) {
    this.home = home;
    this.console = console;
    this.target = target;
    this.operator = operator;
  }

  @Override
  public Integer call() {
    Duration patience = DurationOption.parse("--timeout", timeout, MAX_TIMEOUT_MILLIS);
    boolean isNew = url == null && !home.cluster().has(node);
    try {
      console.print(Operator.shown(operator.ask(request(patience)), json));
    } catch (Failure failure) {
      if (isNew && failure.kind() == Failure.Kind.REFUSED && home.cluster().forgetJoined(node)) {
        console.note(node + " stopped");
      }
      throw failure;
    }
    return 0;
  }

  private HttpRequest request(Duration patience) {
    ObjectNode body = JsonMapper.shared().createObjectNode();
    body.put("node", node);
    body.put("url", url == null ? started() : url);
    if (feed != null) {
      body.put("feed", feed);
    }
    body.put("timeout_ms", patience.toMillis());
    return operator
        .asNodeAt("/cluster/members", patience.plus(Operator.GRACE))
        .POST(BodyPublishers.ofString(body.toString()))
        .build();
  }

  /// Where the node of that name answers on this machine; it is started if it does not yet.
  private String started() {
    if (feed != null) {
      throw Failure.usage(
          "a node with a feed is not started here; say where it is: replog join NODE URL --feed …");
    }
    LocalCluster cluster = home.cluster();
    if (!cluster.state(NodeSpec.MASTER).isAlive()) {
      throw Failure.usage("no cluster runs here; say where the node is: replog join NODE URL");
    }
    if (!target.master().equals(cluster.url(NodeSpec.MASTER))) {
      throw Failure.usage(
          target.master()
              + " is not of the cluster here; say where the node is: replog join NODE URL");
    }
    LocalCluster grown = cluster.has(node) ? cluster : cluster.with(node);
    grown.start(node);
    return grown.url(node);
  }
}
