package io.replog.master.faults;

import io.replog.master.members.Members;
import io.replog.master.members.PerNode;
import io.replog.master.replicate.FaultCalls;
import io.replog.master.replicate.FollowerReply;
import io.replog.node.faults.InjectedFaults;
import io.replog.node.faults.WantedFaults;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.node.security.ClusterToken;
import io.replog.node.settings.NodeSettings;
import io.replog.node.tls.OutgoingTls;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Speaks with each follower about its faults, beside all that faults can hold up. Where
/// `FAULTS=on` it asks once a second, so that a fault that was injected at the follower itself, or
/// that ended with its process, is known here too.
@Component
final class FollowerFaults implements SmartLifecycle {

  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int PERIOD_SECONDS = 1;
  private static final int RETRY_SECONDS = 1;

  private final NodeSettings settings;
  private final KnownFaults known;
  private final JsonMapper json;
  private final Members members;
  private final PerNode<FaultCalls> calls;

  /// Followers that are being asked now.
  private final Set<String> looking = ConcurrentHashMap.newKeySet();

  private volatile @Nullable ScheduledExecutorService timer;

  FollowerFaults(
      NodeSettings settings,
      Members members,
      KnownFaults known,
      ClusterToken token,
      OutgoingTls tls,
      JsonMapper json) {
    this.settings = settings;
    this.known = known;
    this.json = json;
    this.members = members;
    this.calls = new PerNode<>(node -> new FaultCalls(node, token, tls));
    members.listen(calls);
  }

  /// Names of all followers, in the order in which they joined.
  List<String> names() {
    return members.names();
  }

  /// What is in force at a follower.
  ///
  /// @throws Refusal 503 if it is not reached, or what it answers instead
  InjectedFaults ask(String follower) {
    long number = known.number(follower);
    InjectedFaults faults = understood(follower, calls(follower).get());
    known.learnIfStill(number, follower, faults.beyondDelay());
    return faults;
  }

  /// Injects what is wanted and nothing else.
  ///
  /// @throws Refusal 503 if it is not reached, or what it answers instead
  InjectedFaults inject(String follower, WantedFaults wanted) {
    byte[] body = json.writeValueAsBytes(wanted);
    InjectedFaults faults = understood(follower, calls(follower).put(body));
    known.learn(follower, faults.beyondDelay());
    return faults;
  }

  private FaultCalls calls(String follower) {
    return calls
        .of(follower)
        .orElseThrow(
            () ->
                Refusal.of(
                    ProblemType.NOT_FOUND,
                    "there is no such follower, known are: " + String.join(", ", members.names())));
  }

  private InjectedFaults understood(String follower, FollowerReply reply) {
    return switch (reply) {
      case FollowerReply.Lost(var error) -> throw unreached(follower, error);
      case FollowerReply.TooLarge(var error) -> throw unreached(follower, error);
      case FollowerReply.Answered(var status, var body) when status == OK -> faults(follower, body);
      case FollowerReply.Answered(var status, var body) -> throw refused(follower, status, body);
    };
  }

  private InjectedFaults faults(String follower, byte[] body) {
    InjectedFaults faults = read(body);
    if (faults == null) {
      throw unreached(follower, "its answer cannot be understood");
    }
    return faults;
  }

  private @Nullable InjectedFaults read(byte[] body) {
    try {
      return json.treeToValue(json.readTree(body).required("data"), InjectedFaults.class);
    } catch (JacksonException malformed) {
      return null;
    }
  }

  private Refusal refused(String follower, int status, byte[] body) {
    String words = follower + ": " + words(status, body);
    return switch (status) {
      case BAD_REQUEST -> Refusal.badRequest(words);
      case 404 -> Refusal.of(ProblemType.NOT_FOUND, words);
      default -> unreached(follower, words(status, body));
    };
  }

  private String words(int status, byte[] body) {
    String message = FollowerReply.message(json, body);
    return message == null ? "answered " + status : message;
  }

  private static Refusal unreached(String follower, String why) {
    return Refusal.unavailable(follower + " cannot be asked: " + why, "UNREACHED", RETRY_SECONDS);
  }

  @Override
  public void start() {
    if (!settings.faults().allowed()) {
      return;
    }
    ScheduledExecutorService started =
        Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().name("faults").factory());
    timer = started;
    var _ = started.scheduleWithFixedDelay(this::lookAtAll, 0, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  /// One that takes its time is not asked again meanwhile.
  private void lookAtAll() {
    for (String follower : calls.names()) {
      if (looking.add(follower)) {
        Thread.ofVirtual().name("faults-" + follower).start(() -> look(follower));
      }
    }
  }

  /// Of a follower that cannot be asked nothing is known.
  private void look(String follower) {
    long number = known.number(follower);
    try {
      ask(follower);
    } catch (RuntimeException unknown) {
      known.learnIfStill(number, follower, null);
    } finally {
      looking.remove(follower);
    }
  }

  @Override
  public void stop() {
    ScheduledExecutorService started = timer;
    timer = null;
    if (started != null) {
      started.shutdownNow();
    }
    calls.close();
  }

  @Override
  public boolean isRunning() {
    return timer != null;
  }
}
