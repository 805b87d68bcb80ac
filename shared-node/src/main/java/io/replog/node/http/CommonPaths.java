package io.replog.node.http;

import java.util.List;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// What every node serves.
@Component
@Order(1)
final class CommonPaths implements ServedPaths {

  @Override
  public List<ServedPath> paths() {
    return List.of(
        new ServedPath("GET", "/messages", "the messages that this node shows"),
        new ServedPath("GET", "/messages?view=full&from=1&limit=10", "a page of full records"),
        new ServedPath("GET", "/messages/{index}", "one full record and how many nodes hold it"),
        new ServedPath("GET", "/table?from=49&limit=10", "keys and values, also as they change"),
        new ServedPath("GET", "/table/{key}", "what one key is worth"),
        new ServedPath("GET", "/health", "what this node says of itself"),
        new ServedPath("GET", "/livez", "whether the process lives"),
        new ServedPath("GET", "/readyz", "whether it can serve"),
        new ServedPath("POST", "/cluster/feed", "between nodes: the next version of a layer node"),
        new ServedPath("GET", "/actuator/health", "both, for machines"),
        new ServedPath("GET", "/actuator/info", "version and commit"),
        new ServedPath("GET", "/actuator/prometheus", "metrics"),
        new ServedPath("GET", "/problems", "what the types of errors mean"),
        new ServedPath("GET", OpenApiController.PATH, "all of this for machines, as OpenAPI 3.1"));
  }
}
