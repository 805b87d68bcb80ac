package io.replog.master.faults;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.model.Envelope;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.api.Takes;
import io.replog.node.faults.AllowedFaults;
import io.replog.node.faults.InjectedFaults;
import io.replog.node.faults.WantedFaults;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Audit;
import io.replog.node.settings.NodeSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/cluster/faults`: what is injected at every follower; `/cluster/faults/follower-1`: at one, as
/// at its own `/faults`. There is nothing at these paths unless `FAULTS=on`.
@RestController
final class FaultsController {

  private final FollowerFaults followers;
  private final NodeSettings settings;

  FaultsController(FollowerFaults followers, NodeSettings settings) {
    this.followers = followers;
    this.settings = settings;
  }

  /// One follower.
  ///
  /// JSON: `{"node":"follower-1","faults":{"delay_ms":5000,…},"error":null}`
  ///
  /// @param node its name
  /// @param faults what is in force there, null when it cannot be asked
  /// @param error why it cannot, null when it can
  @JsonPropertyOrder({"node", "faults", "error"})
  record OfFollower(
      @JsonProperty("node") String node,
      @JsonProperty("faults") @Nullable InjectedFaults faults,
      @JsonProperty("error") @Nullable String error) {}

  /// What is injected at every follower.
  @Gives(says = "Each follower, and why where one could not be asked.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @GetMapping("/cluster/faults")
  Envelope<List<OfFollower>> all() {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults fetched successfully", ofEach(followers::ask));
  }

  /// Makes everything at every follower as it was when its process started.
  @Gives(says = "Each follower, and why where one could not be asked.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @DeleteMapping("/cluster/faults")
  Envelope<List<OfFollower>> clearAll() {
    AllowedFaults.require(settings);
    List<OfFollower> answers = ofEach(name -> followers.inject(name, WantedFaults.NONE));
    long cleared = answers.stream().filter(each -> each.error() == null).count();
    return Envelope.ok("Faults cleared at %d of %d".formatted(cleared, answers.size()), answers);
  }

  /// What is injected at one follower.
  @Takes(name = "follower", in = Takes.Place.PATH, example = "follower-1", says = "Its name.")
  @Gives(says = "The faults in force there.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @Refuses(value = ProblemType.UNAVAILABLE, says = "The follower could not be asked.")
  @GetMapping("/cluster/faults/{follower}")
  Envelope<InjectedFaults> one(@PathVariable("follower") String follower) {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults fetched successfully", followers.ask(follower));
  }

  /// Injects at one follower what it names, and nothing else.
  ///
  /// What is left out is as it was when the follower started.
  @Takes(name = "follower", in = Takes.Place.PATH, example = "follower-1", says = "Its name.")
  @Sends(form = WantedFaults.class, example = "{\"delay_ms\":20,\"jitter_ms\":5,\"seed\":7}")
  @Gives(says = "The faults in force there from now on.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @Refuses(value = ProblemType.UNAVAILABLE, says = "The follower could not be asked.")
  @PutMapping(path = "/cluster/faults/{follower}", consumes = MediaType.APPLICATION_JSON_VALUE)
  Envelope<InjectedFaults> inject(
      @PathVariable("follower") String follower,
      @RequestBody WantedFaults wanted,
      HttpServletRequest request) {
    AllowedFaults.require(settings);
    InjectedFaults faults = followers.inject(follower, wanted.checked());
    Audit.detail(request, faults.inWords());
    return Envelope.ok("Faults changed", faults);
  }

  /// Makes everything at one follower as it was when its process started.
  @Takes(name = "follower", in = Takes.Place.PATH, example = "follower-1", says = "Its name.")
  @Gives(says = "The faults in force there from now on.")
  @Refuses(value = ProblemType.NOT_FOUND, says = AllowedFaults.ELSE)
  @Refuses(value = ProblemType.UNAVAILABLE, says = "The follower could not be asked.")
  @DeleteMapping("/cluster/faults/{follower}")
  Envelope<InjectedFaults> clear(@PathVariable("follower") String follower) {
    AllowedFaults.require(settings);
    return Envelope.ok("Faults cleared", followers.inject(follower, WantedFaults.NONE));
  }

  /// All at once: each may take its time to say nothing.
  private List<OfFollower> ofEach(Function<String, InjectedFaults> call) {
    List<CompletableFuture<OfFollower>> answers =
        followers.names().stream().map(name -> later(name, call)).toList();
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static CompletableFuture<OfFollower> later(
      String name, Function<String, InjectedFaults> call) {
    return CompletableFuture.supplyAsync(() -> now(name, call), Thread::startVirtualThread);
  }

  private static OfFollower now(String name, Function<String, InjectedFaults> call) {
    try {
      return new OfFollower(name, call.apply(name), null);
    } catch (Refusal refused) {
      return new OfFollower(name, null, refused.message());
    }
  }
}
