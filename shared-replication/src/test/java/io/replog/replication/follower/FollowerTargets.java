package io.replog.replication.follower;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import io.replog.replication.MemoryLog;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What must hold for a follower whatever arrives at it, and in whatever order: requests of masters
/// that know each other's entries or not, changed ones, heartbeats, plain messages, slow forces.
///
/// Public and static for fuzzers, which call it by name; see `.ci/fuzz`.
public final class FollowerTargets {

  private static final int MOST_EVENTS = 60;

  /// What masters hold: the second agrees with the first up to the sixth entry, the third with
  /// nobody.
  private static final List<MemoryLog> MASTERS = masters();

  private final FollowerFixture follower = FollowerFixture.empty();
  private final Map<Long, ReplicateRequest> requests = new HashMap<>();
  private final ByteBuffer input;
  private List<Entry> before = List.of();
  private boolean slow;
  private long forcedIndex;
  private long promisedEpoch;
  private long commitIndex;
  private int looked;

  private FollowerTargets(byte[] input) {
    this.input = ByteBuffer.wrap(input);
  }

  /// What Jazzer calls.
  public static void fuzzerTestOneInput(byte[] input) {
    follower(input);
  }

  /// A follower's life: a byte says what happens, those behind it how.
  ///
  /// @return how many batches it has accepted
  public static int follower(byte[] input) {
    FollowerTargets target = new FollowerTargets(input);
    for (int event = 0; event < MOST_EVENTS && target.input.hasRemaining(); event++) {
      target.happen();
      target.check();
    }
    return target.accepted();
  }

  private static List<MemoryLog> masters() {
    MemoryLog second = new MemoryLog();
    second.write(MemoryLog.of(1, 6).behind(0));
    for (int number = 7; number <= 12; number++) {
      second.append(2, "k" + number, "other " + number);
    }
    MemoryLog third = new MemoryLog();
    for (int number = 1; number <= 12; number++) {
      third.append(1, null, "strange " + number);
    }
    return List.of(MemoryLog.of(1, 12), second, third);
  }

  private void happen() {
    switch (pick(8)) {
      case 0 -> follower.heartbeat(pick(5), number(), number());
      case 1 -> follower.plain("by hand " + pick(3), 1 + pick(8));
      case 2 -> follower.passes(Duration.ofMillis(10L * pick(200)));
      case 3 -> beSlow();
      case 4 -> force();
      default -> receive(request());
    }
    if (!slow) {
      forcedIndex = follower.log.end().index();
    }
  }

  private void beSlow() {
    slow = true;
    follower.diskIsSlow();
  }

  private void force() {
    forcedIndex = follower.log.end().index();
    follower.becomesDurable();
  }

  private void receive(ReplicateRequest request) {
    requests.put(follower.receives(request), request);
  }

  private ReplicateRequest request() {
    MemoryLog master = MASTERS.get(pick(MASTERS.size()));
    int end = (int) follower.log.end().index();
    int from = pick(2) == 0 ? Math.min(end, 12) : pick(12);
    int count = pick(12 - from + 1);
    ReplicateRequest honest = FollowerFixture.request(master, from + 1, from + count, 1 + pick(4));
    return switch (pick(12)) {
      case 0 -> with(honest, new Position(number(), number(), number()), honest.entries());
      case 1 -> with(honest, honest.previous(), List.of(entry()));
      case 2 -> with(honest, honest.previous(), doubled(honest.entries()));
      case 3 -> named(honest, "other", honest.logId(), honest.epoch(), honest.startId());
      case 4 -> named(honest, honest.clusterId(), "other", honest.epoch(), honest.startId());
      case 5 -> named(honest, honest.clusterId(), honest.logId(), honest.epoch(), "a-twin");
      case 6 -> named(honest, honest.clusterId(), honest.logId(), number(), honest.startId());
      default -> honest;
    };
  }

  private WireEntry entry() {
    return new WireEntry(number(), number(), pick(2) == 0 ? null : "k" + pick(3), "m" + pick(12));
  }

  private static List<WireEntry> doubled(List<WireEntry> entries) {
    List<WireEntry> twice = new ArrayList<>(entries);
    twice.addAll(entries);
    return twice;
  }

  private static ReplicateRequest with(
      ReplicateRequest request, Position previous, List<WireEntry> entries) {
    return new ReplicateRequest(
        request.clusterId(),
        request.logId(),
        request.epoch(),
        request.startId(),
        previous,
        entries,
        request.durableIndex(),
        request.commitIndex());
  }

  private ReplicateRequest named(
      ReplicateRequest request, String clusterId, String logId, long epoch, String startId) {
    return new ReplicateRequest(
        clusterId,
        logId,
        epoch,
        startId,
        request.previous(),
        request.entries(),
        number(),
        number());
  }

  private int pick(int choices) {
    return input.hasRemaining() ? (input.get() & 0xff) % choices : 0;
  }

  /// Small, or of eight bytes.
  private long number() {
    int small = pick(64);
    return small < 60 || input.remaining() < Long.BYTES ? small : input.getLong();
  }

  private void check() {
    checkLog();
    checkMemory();
    for (; looked < follower.effects.size(); looked++) {
      if (follower.effects.get(looked) instanceof FollowerEffect.Answer(var call, var answer)) {
        checkAnswer(call, answer);
      }
    }
  }

  private void checkLog() {
    List<Entry> now = follower.log.behind(0);
    requireKept(before, now);
    Position end = Position.START;
    for (Entry entry : now) {
      require(entry.follows(end), "the chain is right and indices are contiguous");
      end = entry.position();
    }
    before = now;
  }

  /// Whether nothing was cut or overwritten.
  static void requireKept(List<Entry> before, List<Entry> now) {
    require(
        now.size() >= before.size() && now.subList(0, before.size()).equals(before),
        "what was written stays");
  }

  private void checkMemory() {
    FollowerView view = follower.core.view(follower.now);
    require(view.standing().promisedEpoch() >= promisedEpoch, "a promise is never taken back");
    require(view.commitIndex() >= commitIndex, "the commit index never falls");
    require(view.commitIndex() <= forcedIndex, "what is committed is forced here");
    require(view.standing().position().index() <= forcedIndex, "it stands where it has forced");
    promisedEpoch = view.standing().promisedEpoch();
    commitIndex = view.commitIndex();
  }

  private void checkAnswer(long call, FollowerAnswer answer) {
    require(answer.equals(follower.answerTo(call)), "each call is answered once");
    Position stands = answer.standing().position();
    require(stands.index() <= forcedIndex, "an answer acknowledges what is forced");
    require(stands.equals(follower.log.positionAt(stands.index())), "and what is held");
    ReplicateRequest request = requests.get(call);
    boolean isBatch = request != null && !request.entries().isEmpty();
    if (isBatch && answer instanceof FollowerAnswer.Accepted) {
      requireHeld(follower.log, forcedIndex, request);
    }
  }

  /// Whether the log holds, forced, exactly what was sent, where it was sent to.
  static void requireHeld(MemoryLog log, long forcedIndex, ReplicateRequest request) {
    Position previous = request.previous();
    long last = previous.index() + request.entries().size();
    require(last <= forcedIndex, "what is acknowledged is forced");
    require(previous.equals(log.positionAt(previous.index())), "it stands behind what was named");
    List<WireEntry> held = log.behind(previous.index()).stream().map(WireEntry::of).toList();
    require(
        held.subList(0, request.entries().size()).equals(request.entries()),
        "what is acknowledged is what was sent");
  }

  private int accepted() {
    return (int)
        follower.all(FollowerEffect.Answer.class).stream()
            .filter(answer -> requests.containsKey(answer.call()))
            .filter(answer -> answer.answer() instanceof FollowerAnswer.Accepted)
            .count();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("broken: " + what);
    }
  }
}
