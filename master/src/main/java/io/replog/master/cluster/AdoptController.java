package io.replog.master.cluster;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.master.members.Members;
import io.replog.model.Envelope;
import io.replog.node.api.Allowed;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Takes;
import io.replog.node.http.Parameters;
import io.replog.node.loop.PendingCalls.Call;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Identity;
import io.replog.replication.master.AdoptOutcome;
import io.replog.replication.master.MasterInput;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/// `POST /cluster/adopt`: an operator lets a master without a log take over the longest verified
/// log of its followers. Answers when it has, or cannot. A client with a key has to say
/// `?confirm=adopt`; the token of the cluster is confirmation enough.
/// `?without=follower-2,follower-3` leaves out followers that cannot be asked.
@RestController
final class AdoptController {

  private static final Logger LOG = LoggerFactory.getLogger(AdoptController.class);
  private static final long MAX_WAIT_MINUTES = 10;

  private final MasterLoop loop;
  private final MasterCalls calls;
  private final Members members;

  AdoptController(MasterLoop loop, MasterCalls calls, Members members) {
    this.loop = loop;
    this.calls = calls;
    this.members = members;
  }

  /// What was taken over.
  ///
  /// JSON: `{"follower":"follower-1","log_id":"9c…","last_index":7}`
  ///
  /// @param follower whose log it is
  /// @param logId identity of the log
  /// @param lastIndex last index of it
  @JsonPropertyOrder({"follower", "log_id", "last_index"})
  record Adopted(
      @JsonProperty("follower") String follower,
      @JsonProperty("log_id") String logId,
      @JsonProperty("last_index") long lastIndex) {}

  /// Lets a master without a log take over the longest verified log of its followers.
  ///
  /// Answers when it has, or cannot.
  @Takes(
      name = "confirm",
      allowed = @Allowed(words = "adopt"),
      says = "Has to be said by whoever has the key of an admin instead of the token.")
  @Takes(
      name = "without",
      example = "follower-2",
      says = "Names of followers that cannot be asked and are left out, separated by commas.")
  @Gives(says = "What was taken over.")
  @Refuses(
      value = ProblemType.CONFLICT,
      says = "This master has a log, or nothing can be taken over; detail says why.")
  @Refuses(
      value = ProblemType.CONCERN_NOT_MET,
      says = "It is still being taken over; GET /health shows how far it is.")
  @PostMapping(path = "/cluster/adopt", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<Adopted> adopt(HttpServletRequest request) throws InterruptedException {
    requireConfirmation(request);
    Set<String> without = leftOut(request);
    LOG.warn(
        "an operator asks to adopt the longest verified log of the followers, without {}", without);
    Call<AdoptOutcome> call = calls.adoptions().open();
    try {
      loop.put(new MasterInput.Adopt(call.number(), without));
      return answer(call.answer().get(MAX_WAIT_MINUTES, TimeUnit.MINUTES));
    } catch (TimeoutException _) {
      throw Refusal.of(
          ProblemType.CONCERN_NOT_MET,
          "the log is still being taken over, GET /health shows how far it is",
          Map.of("reason", "PENDING"));
    } catch (ExecutionException ended) {
      throw new IllegalStateException("the core has ended", ended);
    } finally {
      calls.adoptions().forget(call.number());
    }
  }

  private static void requireConfirmation(HttpServletRequest request) {
    boolean confirmed = "adopt".equals(new Parameters(request).text("confirm"));
    if (Identity.of(request) instanceof Identity.Client && !confirmed) {
      throw Refusal.badRequest("confirm is missing: say ?confirm=adopt to take over a log");
    }
  }

  private Set<String> leftOut(HttpServletRequest request) {
    String names = new Parameters(request).text("without");
    if (names == null) {
      return Set.of();
    }
    List<String> written = List.of(names.split(","));
    List<String> followers = members.names();
    if (!followers.containsAll(written)) {
      throw Parameters.unknownWord("without", names, "names out of " + String.join(",", followers));
    }
    return followers.stream().filter(written::contains).collect(Collectors.toSet());
  }

  private static Envelope<Adopted> answer(AdoptOutcome outcome) {
    return switch (outcome) {
      case AdoptOutcome.Adopted(var follower, var logId, var lastIndex) ->
          Envelope.ok(
              "Log of %s adopted, %d messages".formatted(follower, lastIndex),
              new Adopted(follower, logId, lastIndex));
      case AdoptOutcome.NotAdopted(var detail) ->
          throw Refusal.of(ProblemType.CONFLICT, detail, Map.of("reason", "NOT_ADOPTED"));
    };
  }
}
