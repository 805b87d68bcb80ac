package io.replog.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.node.api.Allowed;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.problem.ProblemType;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;

/// What Spring's Actuator serves on every node, and nobody's code here: it is described, never
/// called.
interface ActuatorOperations {

  String ACTUATOR_JSON = "application/vnd.spring-boot.actuator.v3+json";

  /// The health of a node or of a part of it.
  ///
  /// JSON: `{"status":"UP","groups":["liveness","quorum","readiness"]}`
  ///
  /// @param status `UP`, or a word that says why it is not
  /// @param groups what can be asked for by itself
  record Health(
      @JsonProperty("status") String status,
      @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("groups")
          @Nullable List<String> groups) {}

  /// Whether the process lives, for machines.
  ///
  /// A lost follower changes nothing.
  @Gives(says = "It lives.", body = Health.class)
  @Gives(says = "It lives.", type = ACTUATOR_JSON, body = Health.class)
  @Gives(status = 503, says = "It does not serve.", body = Health.class)
  @Gives(status = 503, says = "It does not serve.", type = ACTUATOR_JSON, body = Health.class)
  @Refuses(ProblemType.NOT_ACCEPTABLE)
  @GetMapping("/actuator/health")
  void health();

  /// The health of one group.
  ///
  /// `liveness` depends on nothing outside the process, `readiness` says whether the node can
  /// serve, `quorum` whether an add would be accepted.
  @Takes(
      name = "group",
      in = Takes.Place.PATH,
      allowed = @Allowed(words = {"liveness", "readiness", "quorum"}),
      example = "liveness",
      says = "Which group.")
  @Gives(says = "It is so.", body = Health.class)
  @Gives(says = "It is so.", type = ACTUATOR_JSON, body = Health.class)
  @Gives(status = 503, says = "It is not.", body = Health.class)
  @Gives(status = 503, says = "It is not.", type = ACTUATOR_JSON, body = Health.class)
  @Refuses({ProblemType.NOT_FOUND, ProblemType.NOT_ACCEPTABLE})
  @GetMapping("/actuator/health/{group}")
  void group();

  /// Whether the process lives.
  @Gives(says = "It lives.", body = Health.class)
  @Gives(says = "It lives.", type = ACTUATOR_JSON, body = Health.class)
  @Refuses(ProblemType.NOT_ACCEPTABLE)
  @GetMapping("/livez")
  void live();

  /// Whether the node can serve.
  @Gives(says = "It can.", body = Health.class)
  @Gives(says = "It can.", type = ACTUATOR_JSON, body = Health.class)
  @Gives(status = 503, says = "Not yet, or not any more.", body = Health.class)
  @Gives(
      status = 503,
      says = "Not yet, or not any more.",
      type = ACTUATOR_JSON,
      body = Health.class)
  @Refuses(ProblemType.NOT_ACCEPTABLE)
  @GetMapping("/readyz")
  void ready();

  /// Version and commit.
  @Gives(says = "What the build knows of itself.", body = Object.class)
  @Gives(says = "What the build knows of itself.", type = ACTUATOR_JSON, body = Object.class)
  @Refuses(ProblemType.NOT_ACCEPTABLE)
  @GetMapping("/actuator/info")
  void info();

  /// Metrics.
  ///
  /// In the text format of Prometheus, or in OpenMetrics where `Accept` asks for it.
  @Gives(says = "All metrics.", type = "text/plain", body = Object.class)
  @Gives(says = "All metrics.", type = "application/openmetrics-text", body = Object.class)
  @Refuses(ProblemType.NOT_ACCEPTABLE)
  @GetMapping("/actuator/prometheus")
  void prometheus();
}
