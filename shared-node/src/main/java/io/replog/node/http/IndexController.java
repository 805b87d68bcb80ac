package io.replog.node.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Envelope;
import io.replog.node.http.ServedPaths.ServedPath;
import io.replog.node.settings.NodeSettings;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /`: what this node serves.
@RestController
final class IndexController {

  private final NodeSettings settings;
  private final List<ServedPath> paths;

  IndexController(NodeSettings settings, List<ServedPaths> parts) {
    this.settings = settings;
    this.paths = parts.stream().flatMap(part -> part.paths().stream()).toList();
  }

  /// The list.
  record Index(
      @JsonProperty("node") String node,
      @JsonProperty("role") String role,
      @JsonProperty("paths") List<ServedPath> paths) {}

  @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<Index> index() {
    return Envelope.ok(
        "What this node serves", new Index(settings.node(), settings.role().word(), paths));
  }
}
