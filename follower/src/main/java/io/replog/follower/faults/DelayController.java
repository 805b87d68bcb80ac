package io.replog.follower.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.follower.core.FollowerNode;
import io.replog.model.Envelope;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Audit;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `PUT /faults/delay` `{"delay_ms":3000}`: another artificial delay from now on, until the process
/// ends. There is nothing at this path unless `FAULTS=on`.
@RestController
final class DelayController {

  private static final long MAX_MILLIS = 600_000;

  private final FollowerNode node;
  private final NodeSettings settings;

  DelayController(FollowerNode node, NodeSettings settings) {
    this.node = node;
    this.settings = settings;
  }

  /// A delay.
  ///
  /// @param millis milliseconds, 0 to 600,000
  record Delay(@JsonProperty("delay_ms") @Nullable Long millis) {}

  @PutMapping(path = "/faults/delay", consumes = MediaType.APPLICATION_JSON_VALUE)
  Envelope<Delay> delay(@RequestBody Delay wanted, HttpServletRequest request)
      throws InterruptedException {
    if (!settings.faults()) {
      throw Refusal.of(
          ProblemType.NOT_FOUND, "faults are not injected here, FAULTS=on would allow it");
    }
    long millis = checked(wanted.millis());
    Audit.detail(request, "delay_ms " + millis);
    node.changeDelay(Duration.ofMillis(millis));
    return Envelope.ok("Artificial delay changed", new Delay(millis));
  }

  private static long checked(@Nullable Long millis) {
    if (millis == null || millis < 0 || millis > MAX_MILLIS) {
      throw Refusal.badRequest(
          "delay_ms is %s, it must be an integer from 0 to %d"
              .formatted(millis == null ? "missing" : millis, MAX_MILLIS));
    }
    return millis;
  }
}
