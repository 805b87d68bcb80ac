package io.replog.client.remote;

import io.replog.client.cluster.NodeSpec;
import io.replog.client.terminal.Printable;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Who acknowledged a message: the answer to an add tells how many did, the master's trace who was
/// first.
///
/// @param names the master, and as many followers as were counted, in the order of the settings;
///   empty where that is not known
/// @param clusterSize number of nodes, where known
record Holders(List<String> names, OptionalInt clusterSize) {

  static final Holders UNKNOWN = new Holders(List.of(), OptionalInt.empty());

  /// For what is only a nicety, which nobody should wait for.
  private static final Duration TRACE_LIMIT = Duration.ofSeconds(1);

  /// Asks the node that has given this answer to an add; unknown when it does not tell soon.
  static Holders of(Http http, HttpResponse<String> answer) {
    long index = answer.headers().firstValueAsLong("Log-Index").orElse(0);
    long acks = answer.headers().firstValueAsLong("Replication-Acks").orElse(0);
    if (answer.statusCode() != 200 || index < 1 || acks < 1) {
      return UNKNOWN;
    }
    URI uri = answer.uri().resolve("/messages/" + index + "/trace");
    try {
      HttpResponse<String> trace =
          http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString(), TRACE_LIMIT);
      return of(Http.json(trace.body()).path("data").path("followers"), acks);
    } catch (IOException _) {
      return UNKNOWN;
    }
  }

  private static Holders of(JsonNode followers, long acks) {
    if (!followers.isArray()) {
      return UNKNOWN;
    }
    Set<JsonNode> first =
        followers
            .valueStream()
            .filter(each -> acknowledged(each).isNumber())
            .sorted(Comparator.comparingDouble(each -> acknowledged(each).asDouble()))
            .limit(acks - 1)
            .collect(Collectors.toSet());
    List<String> names = new ArrayList<>(List.of(NodeSpec.MASTER));
    followers
        .valueStream()
        .filter(first::contains)
        .forEach(each -> names.add(Printable.escape(each.path("node").asString("?"))));
    OptionalInt clusterSize = OptionalInt.of(followers.size() + 1);
    return new Holders(names.size() == acks ? names : List.of(), clusterSize);
  }

  private static JsonNode acknowledged(JsonNode follower) {
    return follower.path("acknowledged").path("ms");
  }
}
