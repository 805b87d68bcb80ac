package io.replog.master.cluster;

import io.replog.model.Envelope;
import io.replog.model.Member;
import io.replog.node.api.Allowed;
import io.replog.node.api.Gives;
import io.replog.node.api.Refuses;
import io.replog.node.api.Sends;
import io.replog.node.api.Takes;
import io.replog.node.http.Parameters;
import io.replog.node.loop.PendingCalls.Call;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.Audit;
import io.replog.node.security.Identity;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterView;
import io.replog.replication.master.MemberOutcome;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// `/cluster/members`: who belongs to the cluster, and how nodes join and leave while it runs.
/// Answers when a majority holds the entry that says so.
@RestController
final class MembersController {

  private static final int RETRY_AFTER_SECONDS = 1;
  private static final long USUAL_LEAVE_MILLIS = 10_000;

  /// What the core may take beyond the time that it was given.
  private static final long GRACE_MILLIS = 5_000;

  private final MasterLoop loop;
  private final MasterCalls calls;
  private final InstantSource clock = InstantSource.system();

  MembersController(MasterLoop loop, MasterCalls calls) {
    this.loop = loop;
    this.calls = calls;
  }

  /// Who belongs to the cluster.
  @Gives(says = "Everybody beside the master, and the entry that says so.")
  @GetMapping(path = "/cluster/members", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<MembersAnswer> members() throws InterruptedException {
    MasterView view = loop.exactView();
    return Envelope.ok(
        "Members fetched successfully", MembersAnswer.of(view.membersIndex(), view.membership()));
  }

  /// Lets a node join.
  ///
  /// It receives what it lacks first and counts when it has caught up; then the entry that says so
  /// is appended. Until then nothing is in the log.
  @Sends(
      form = JoinRequest.class,
      example =
          "{\"node\":\"layer-1-1\",\"url\":\"http://127.0.0.1:6064\","
              + "\"feed\":\"every 10 messages\"}")
  @Gives(says = "It counts; a majority of all members holds the entry.")
  @Refuses(
      value = ProblemType.CONFLICT,
      says = "Name or address belong to another member, or the node can never hold this log.")
  @Refuses(ProblemType.NO_SPACE)
  @Refuses(
      value = ProblemType.UNAVAILABLE,
      says = "It did not catch up in time, another change is under way, or the log is read-only.")
  @Refuses(
      value = ProblemType.CONCERN_NOT_MET,
      says = "It counts, but no majority was known to hold the entry in time.")
  @PostMapping(
      path = "/cluster/members",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<MembersAnswer> join(@RequestBody JoinRequest wanted, HttpServletRequest request)
      throws InterruptedException {
    requireToken(request);
    Member member = wanted.member();
    long millis = wanted.timeout();
    Audit.detail(request, member.name() + " at " + member.url());
    return change(
        member.name() + " belongs to the cluster",
        millis,
        call ->
            new MasterInput.Join(
                call, member, clock.millis(), TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  /// Lets a node go.
  ///
  /// It does not count from the moment on at which the entry has its index. Calls that wait for
  /// more nodes than there are then are answered 504 at once.
  @Takes(name = "node", in = Takes.Place.PATH, example = "layer-1-1", says = "Its name.")
  @Takes(
      name = "timeout_ms",
      allowed = @Allowed(least = 1, most = JoinRequest.MAX_TIMEOUT_MILLIS),
      otherwise = "10000",
      says = "How long to wait for a majority to hold the entry.")
  @Gives(says = "It has left; a majority of those that are left holds the entry.")
  @Refuses(value = ProblemType.NOT_FOUND, says = "No member has that name.")
  @Refuses(ProblemType.NO_SPACE)
  @Refuses(value = ProblemType.UNAVAILABLE, says = "The log is read-only.")
  @Refuses(
      value = ProblemType.CONCERN_NOT_MET,
      says = "It has left, but no majority was known to hold the entry in time.")
  @DeleteMapping(path = "/cluster/members/{node}", produces = MediaType.APPLICATION_JSON_VALUE)
  Envelope<MembersAnswer> leave(@PathVariable("node") String node, HttpServletRequest request)
      throws InterruptedException {
    long millis =
        new Parameters(request)
            .number("timeout_ms", USUAL_LEAVE_MILLIS, 1, JoinRequest.MAX_TIMEOUT_MILLIS);
    return change(
        node + " has left the cluster",
        millis,
        call ->
            new MasterInput.Leave(
                call, node, clock.millis(), TimeUnit.MILLISECONDS.toNanos(millis)));
  }

  /// The master shows the token to whoever joins, so that it takes somebody who knows it.
  private static void requireToken(HttpServletRequest request) {
    if (Identity.of(request) instanceof Identity.Client) {
      throw Refusal.of(
          ProblemType.FORBIDDEN,
          "a key does not let a node join, which learns the token of the cluster: send"
              + " Cluster-Token");
    }
  }

  private Envelope<MembersAnswer> change(String done, long millis, LongFunction<MasterInput> input)
      throws InterruptedException {
    Call<MemberOutcome> call = calls.changes().open();
    try {
      loop.put(input.apply(call.number()));
      return answer(done, call.answer().get(millis + GRACE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (TimeoutException silent) {
      throw new IllegalStateException("the core is silent", silent);
    } catch (ExecutionException ended) {
      throw new IllegalStateException("the core has ended", ended);
    } finally {
      calls.changes().forget(call.number());
    }
  }

  private static Envelope<MembersAnswer> answer(String done, MemberOutcome outcome) {
    return switch (outcome) {
      case MemberOutcome.Changed(var index, var membership, _) -> {
        MembersAnswer answer = MembersAnswer.of(index, membership);
        yield Envelope.ok("%s, %d nodes count".formatted(done, answer.clusterSize()), answer);
      }
      case MemberOutcome.Pending(var index, var detail) ->
          throw Refusal.of(
              ProblemType.CONCERN_NOT_MET, detail, Map.of("index", index, "reason", "PENDING"));
      case MemberOutcome.Refused(var refusal, var detail) -> throw refused(refusal, detail);
    };
  }

  private static Refusal refused(MemberOutcome.MemberRefusal refusal, String detail) {
    return switch (refusal) {
      case NOT_A_MEMBER -> Refusal.of(ProblemType.NOT_FOUND, detail);
      case CONFLICT, UNFIT -> Refusal.of(ProblemType.CONFLICT, detail, Map.of("reason", refusal));
      case FULL -> Refusal.of(ProblemType.NO_SPACE, detail, Map.of("reason", refusal));
      case BUSY, NOT_CAUGHT_UP, NOT_WRITABLE ->
          Refusal.unavailable(detail, refusal.name(), RETRY_AFTER_SECONDS);
    };
  }
}
