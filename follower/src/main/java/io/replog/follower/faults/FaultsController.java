package io.replog.follower.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Envelope;
import io.replog.node.faults.AllowedFaults;
import io.replog.node.faults.InjectedFaults;
import io.replog.node.faults.WantedFaults;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Audit;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/faults`: what is injected here. `PUT` injects what it names and nothing else, `DELETE` nothing
/// but what the settings say, both until the process ends. There is nothing at this path unless
/// `FAULTS=on`.
@RestController
final class FaultsController {

  private final FaultsInForce force;
  private final NodeSettings settings;

  FaultsController(FaultsInForce force, NodeSettings settings) {
    this.force = force;
    this.settings = settings;
  }

  /// A delay.
  ///
  /// @param millis milliseconds, 0 to 600,000
  record Delay(@JsonProperty("delay_ms") @Nullable Long millis) {}

  @GetMapping("/faults")
  Envelope<InjectedFaults> faults() {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults fetched successfully", force.faults());
  }

  @PutMapping(path = "/faults", consumes = MediaType.APPLICATION_JSON_VALUE)
  Envelope<InjectedFaults> inject(@RequestBody WantedFaults wanted, HttpServletRequest request) {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults changed", change(wanted.checked(), request));
  }

  @DeleteMapping("/faults")
  Envelope<InjectedFaults> clear(HttpServletRequest request) {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults cleared", change(WantedFaults.NONE, request));
  }

  /// The short form: another delay, everything else stays.
  @PutMapping(path = "/faults/delay", consumes = MediaType.APPLICATION_JSON_VALUE)
  Envelope<Delay> delay(@RequestBody Delay wanted, HttpServletRequest request) {
    AllowedFaults.require(settings);
    if (wanted.millis() == null) {
      throw Refusal.badRequest("delay_ms is missing");
    }
    InjectedFaults changed = force.change(delayed(force.faults(), wanted.millis()).checked());
    Audit.detail(request, "delay_ms " + changed.delayMillis());
    return Envelope.ok("Artificial delay changed", new Delay(changed.delayMillis()));
  }

  private static WantedFaults delayed(InjectedFaults present, long millis) {
    return new WantedFaults(
        millis,
        present.jitterMillis(),
        present.errorBeforePercent(),
        present.errorAfterPercent(),
        present.dropAnswersPercent(),
        present.pause(),
        present.partition(),
        present.seed());
  }

  private InjectedFaults change(WantedFaults wanted, HttpServletRequest request) {
    InjectedFaults changed = force.change(wanted);
    Audit.detail(request, FaultWords.of(changed));
    return changed;
  }
}
