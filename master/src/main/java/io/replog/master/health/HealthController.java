package io.replog.master.health;

import io.replog.master.cluster.MasterLoop;
import io.replog.model.Envelope;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.problem.ProblemType;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// `GET /health`: always 200, whatever it has to say.
@RestController
final class HealthController {

  private final MasterLoop loop;
  private final HealthReport report;

  HealthController(MasterLoop loop, HealthReport report) {
    this.loop = loop;
    this.report = report;
  }

  /// What this node says of itself, and of every follower.
  ///
  /// Always `200`, whatever it has to say.
  @Gives(says = "Its own view, exact at that moment.")
  @Refuses(ProblemType.UNAVAILABLE)
  @GetMapping(path = "/health", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<MasterHealth> health() throws InterruptedException {
    return Envelope.ok("Health fetched successfully", report.of(loop.exactView()));
  }
}
