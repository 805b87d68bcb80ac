package io.replog.client.remote;

import io.replog.client.Failure;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/// Finds a node of each layer, by what the master has heard of them.
final class LayerNodes {

  private static final int OK = 200;

  private final Target target;
  private final Map<Integer, String> found = new HashMap<>();

  /// @param given where nodes of layers are, by whoever asks
  LayerNodes(Target target, Map<Integer, String> given) {
    this.target = target;
    found.putAll(given);
  }

  /// Where a node of `layer` is; the master for 0.
  ///
  /// @throws Failure if the master knows none that speaks
  String of(int layer) {
    return layer == 0 ? target.master() : found.computeIfAbsent(layer, this::find);
  }

  /// The address is that under which the node above knows it. Where that is of one machine only, it
  /// is another one's here.
  private String reachable(int layer, String url) {
    boolean isHere = isLoopback(target.master());
    if (isLoopback(url) && !isHere) {
      throw Failure.usage(
          "layer %d is at %s, which is an address of another machine: say where it is by --layer %d=URL"
              .formatted(layer, url, layer));
    }
    return url;
  }

  private static boolean isLoopback(String url) {
    String host = String.valueOf(URI.create(url).getHost());
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private String find(int layer) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(target.master() + "/health")).build();
    HttpResponse<String> answer = target.http().ask(request, BodyHandlers.ofString());
    if (answer.statusCode() != OK) {
      throw Failure.refused(Http.message(answer.statusCode(), answer.body()));
    }
    for (JsonNode node : Http.json(answer.body()).path("data").path("layers")) {
      if (node.path("layer").asInt(-1) == layer && !node.path("silent").asBoolean()) {
        return reachable(layer, node.path("url").asString());
      }
    }
    throw Failure.refused("the master knows no node of layer %d that speaks".formatted(layer));
  }
}
