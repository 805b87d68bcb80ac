package io.replog.node.http;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Envelope;
import io.replog.node.api.Gives;
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
  ///
  /// @param node name of this node
  /// @param role `master` or `follower`
  /// @param paths what it serves, a line each
  record Index(
      @JsonProperty("node") String node,
      @JsonProperty("role") String role,
      @JsonProperty("paths") List<ServedPath> paths) {}

  /// What this node serves.
  ///
  /// On a master whoever likes `text/html` better gets the page instead.
  @Gives(says = "The paths with a few words for each.")
  @Gives(says = "On a master, the page.", type = "text/html", body = Object.class)
  @GetMapping(path = "/", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<Index> index() {
    return Envelope.ok(
        "What this node serves", new Index(settings.node(), settings.role().word(), paths));
  }
}
