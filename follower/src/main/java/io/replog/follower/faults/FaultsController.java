package io.replog.follower.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.model.Envelope;
import io.replog.node.api.Allowed;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.faults.AllowedFaults;
import io.replog.node.faults.InjectedFaults;
import io.replog.node.faults.WantedFaults;
import io.replog.node.problem.ProblemType;
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
  record Delay(
      @JsonProperty("delay_ms") @Allowed(least = 0, most = 600_000) @Nullable Long millis) {}

  /// What is injected here.
  @Gives(says = "The faults in force.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @GetMapping("/faults")
  Envelope<InjectedFaults> faults() {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults fetched successfully", force.faults());
  }

  /// Injects what it names, and nothing else.
  ///
  /// What is left out is as it was when the process started.
  @Sends(form = WantedFaults.class, example = "{\"delay_ms\":20,\"jitter_ms\":5,\"seed\":7}")
  @Gives(says = "The faults in force from now on.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @PutMapping(path = "/faults", consumes = MediaType.APPLICATION_JSON_VALUE)
  Envelope<InjectedFaults> inject(@RequestBody WantedFaults wanted, HttpServletRequest request) {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults changed", change(wanted.checked(), request));
  }

  /// Makes everything as it was when the process started.
  @Gives(says = "The faults in force from now on.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @DeleteMapping("/faults")
  Envelope<InjectedFaults> clear(HttpServletRequest request) {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults cleared", change(WantedFaults.NONE, request));
  }

  /// Another artificial delay.
  ///
  /// Everything else that is injected stays.
  @Sends(form = Delay.class, example = "{\"delay_ms\":20}")
  @Gives(says = "The delay in force from now on.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
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
    Audit.detail(request, changed.inWords());
    return changed;
  }
}
