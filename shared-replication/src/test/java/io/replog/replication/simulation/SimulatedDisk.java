package io.replog.replication.simulation;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import io.replog.replication.Hole;
import io.replog.replication.LogView;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The data directory of a node and its log writer. Writes and promises are carried out in the
/// order in which they came; what gathers while a force runs shares the next. A power cut keeps
/// what was forced and any prefix of the rest. Entries may rot: who reads one, or a start, notices,
/// and from then on the log ends before it, until what is missing has been written again.
final class SimulatedDisk implements LogView {

  private static final int MAX_GROUP = 64;

  /// What the log writer tells its node.
  interface Owner {

    void onWritten(SimulatedDisk disk, Entry entry);

    void onForced(SimulatedDisk disk, Entry entry);

    void onDurable(SimulatedDisk disk, long index);

    void onPromisePersisted(SimulatedDisk disk, Promise promise);

    void onForceFailed(SimulatedDisk disk);

    /// Damage was found. `former` is what this directory held under its former incarnation.
    void onDamageFound(SimulatedDisk disk, SimulatedDisk former);

    /// A hole is filled; `first` stands behind it.
    void onHoleClosed(SimulatedDisk disk, Entry last, Entry first);

    void onDoesNotJoin(SimulatedDisk disk);

    /// What was up to `base` is deleted.
    void onReleased(SimulatedDisk disk, Position base);

    /// The entries of a log up to `base`, as anybody has ever held them.
    List<Entry> entriesThrough(Position base);

    String newIncarnation();

    /// Whether the log writer's thread may begin something new.
    boolean canWork();
  }

  private sealed interface Job {
    record Append(String logId, List<Entry> entries) implements Job {}

    record Persist(Promise promise) implements Job {}

    record Begin(String logId, Position base) implements Job {}
  }

  /// How fast the disk is and how it lies.
  ///
  /// @param minForceNanos,maxForceNanos range of one force
  /// @param forceEachGroup false for `FSYNC=interval`: durable means written
  /// @param reportBeforeForce durable is reported when the force begins: right only with `interval`
  /// @param skipForces sabotage: a force does nothing, so that a power cut takes everything
  /// @param persistPromises sabotage when false
  /// @param compareChecksums sabotage when false: rotten entries are read as they are
  /// @param checkJoins sabotage when false
  record Manner(
      long minForceNanos,
      long maxForceNanos,
      boolean forceEachGroup,
      boolean reportBeforeForce,
      boolean skipForces,
      boolean persistPromises,
      boolean compareChecksums,
      boolean checkJoins) {}

  /// A core, or somebody else, has read an entry that is damaged.
  static final class Damaged extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Damaged(long index) {
      super("#" + index + " is damaged");
    }
  }

  /// Somebody reads an entry that was released.
  static final class Released extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Released(long index) {
      super("#" + index + " was released");
    }
  }

  private String incarnation;
  private final SimulatedClock clock;
  private final RandomGenerator random;
  private final Owner owner;
  private final Manner manner;

  /// What can be read from the first entry on; damage that nobody has noticed is in it.
  private final ArrayList<Entry> entries = new ArrayList<>();

  /// The entry before the first one kept. What is before stays in `entries`, and nobody may read
  /// it.
  private Position base = Position.START;

  /// What stands behind a hole, by index.
  private final TreeMap<Long, Entry> behindHoles = new TreeMap<>();

  /// Damaged entries that nobody has noticed.
  private final TreeSet<Long> rotten = new TreeSet<>();

  /// Highest index that was noticed to be damaged, 0 when none was.
  private long lostThrough;

  private boolean joinFailed;
  private final ArrayDeque<Job> queue = new ArrayDeque<>();

  /// Entries covered by a successful force. At most the number of written ones.
  private int forced;

  /// Entries last reported as durable.
  private int reported;

  private @Nullable String entriesLogId;
  private @Nullable Promise promise;
  private @Nullable Promise promiseInFlight;
  private long commitIndex;
  private boolean busy;
  private boolean failNextForce;
  private boolean failed;

  /// Grows with each crash, so that what was under way then is forgotten.
  private int life;

  SimulatedDisk(
      String incarnation,
      SimulatedClock clock,
      RandomGenerator random,
      Owner owner,
      Manner manner) {
    this.incarnation = incarnation;
    this.clock = clock;
    this.random = random;
    this.owner = owner;
    this.manner = manner;
  }

  /// Damages entries that are there.
  void rot(long first, long last) {
    for (long index = first; index <= last; index++) {
      rotten.add(index);
    }
  }

  /// Whether there is damage that nobody has noticed.
  boolean isRotten() {
    return !rotten.isEmpty();
  }

  /// Whether nothing is known to be missing, and nothing is damaged.
  boolean isWhole() {
    return rotten.isEmpty() && !hasHoles();
  }

  /// Whether something is known to be missing; what was written again counts once it is forced.
  boolean hasHoles() {
    return !behindHoles.isEmpty() || forced < lostThrough;
  }

  /// Whether an entry was ever lost to damage here.
  boolean wasDamaged() {
    return lostThrough > 0;
  }

  /// Highest index known to have been held.
  long knownEnd() {
    long last = behindHoles.isEmpty() ? 0 : behindHoles.lastKey();
    return Math.max(entries.size(), Math.max(lostThrough, last));
  }

  /// The end of what stands behind the holes.
  Position endBehindHoles() {
    return behindHoles.isEmpty() ? end() : behindHoles.lastEntry().getValue().position();
  }

  List<Hole> holes() {
    List<Hole> holes = new ArrayList<>();
    long first = entries.size() + 1L;
    for (long index = first; index <= knownEnd(); index++) {
      if (behindHoles.containsKey(index)) {
        first = index + 1;
      } else if (index == knownEnd() || behindHoles.containsKey(index + 1)) {
        holes.add(new Hole(first, index, "rot"));
      }
    }
    return holes;
  }

  /// The log as a core sees it.
  LogView asReader() {
    return new LogView() {
      @Override
      public Position positionAt(long index) {
        return index == base.index() || index == 0
            ? (index == 0 ? Position.START : base)
            : entryAt(index).position();
      }

      @Override
      public Position base() {
        return base;
      }

      @Override
      public Entry entryAt(long index) {
        return read(index);
      }
    };
  }

  /// Reads one entry from the disk.
  ///
  /// @throws Damaged when it is
  Entry read(long index) {
    if (index <= base.index()) {
      throw new Released(index);
    }
    Entry entry = entryAt(index);
    if (!rotten.contains(index)) {
      return entry;
    }
    if (manner.compareChecksums()) {
      throw new Damaged(index);
    }
    return new Entry(
        index, entry.epoch(), entry.timestampMillis(), entry.key(), "rotten", entry.chain());
  }

  /// The same content in another directory of another node.
  SimulatedDisk copyTo(String newIncarnation, Owner newOwner) {
    SimulatedDisk copy = new SimulatedDisk(newIncarnation, clock, random, newOwner, manner);
    copy.entries.addAll(entries.subList(0, forced));
    copy.forced = forced;
    copy.reported = forced;
    copy.entriesLogId = forced == 0 ? null : entriesLogId;
    copy.promise = promise;
    copy.base = base;
    copy.commitIndex = Math.min(commitIndex, forced);
    return copy;
  }

  String incarnation() {
    return incarnation;
  }

  @Nullable Promise promise() {
    return promise;
  }

  /// The log of the entries, null when there are none.
  @Nullable String entriesLogId() {
    return entriesLogId;
  }

  long commitIndex() {
    return commitIndex;
  }

  long written() {
    return entries.size();
  }

  /// What this node may rightly call held: forced, or only written where it forces now and then.
  long held() {
    return manner.forceEachGroup ? forced : reported;
  }

  Position end() {
    return positionAt(entries.size());
  }

  List<Entry> entries() {
    return entries;
  }

  /// Whether exactly this position of this log is held here.
  boolean holds(@Nullable String logId, Position position) {
    return position.index() == 0
        || (position.index() <= held()
            && logId != null
            && logId.equals(entriesLogId)
            && positionAt(position.index()).equals(position));
  }

  @Override
  public Position positionAt(long index) {
    return index == 0 ? Position.START : entryAt(index).position();
  }

  @Override
  public Entry entryAt(long index) {
    if (index < 1 || index > entries.size()) {
      throw new InvariantViolated(
          "a core looks up only what is written",
          "asked for " + index + ", written up to " + entries.size());
    }
    return entries.get((int) index - 1);
  }

  /// The entry before the first one kept.
  @Override
  public Position base() {
    return base;
  }

  /// What is kept.
  List<Entry> kept() {
    return entries.subList((int) base.index(), entries.size());
  }

  /// Deletes what is up to `index`, unless the process ends before.
  void release(long index) {
    int thisLife = life;
    clock.after(
        forceNanos(),
        () -> {
          if (thisLife == life && !failed && owner.canWork()) {
            base = positionAt(Math.max(base.index(), Math.min(index, forced)));
            owner.onReleased(this, base);
          }
        });
  }

  void begin(String logId, Position newBase) {
    queue.add(new Job.Begin(logId, newBase));
    work();
  }

  void append(String logId, List<Entry> batch) {
    queue.add(new Job.Append(logId, batch));
    work();
  }

  void persist(Promise next) {
    queue.add(new Job.Persist(next));
    work();
  }

  void hintCommit(long index) {
    commitIndex = index;
  }

  void failNextForce() {
    failNextForce = true;
  }

  void failNoForce() {
    failNextForce = false;
  }

  /// Begins what has gathered, unless something is under way or the process stands still.
  void work() {
    if (busy || failed || queue.isEmpty() || !owner.canWork()) {
      return;
    }
    busy = true;
    int thisLife = life;
    Runnable finish =
        switch (queue.element()) {
          case Job.Persist _ -> startPersist();
          case Job.Begin _ -> startBegin();
          case Job.Append _ -> startGroup();
        };
    clock.after(forceNanos(), () -> finish(thisLife, finish));
  }

  /// The process was killed; what it had written stays.
  void kill() {
    forget();
  }

  /// Power was cut: what was not forced is lost, from its end, down to none of it.
  ///
  /// @return how many written entries are lost
  long cutPower() {
    forget();
    int safe = manner.skipForces ? 0 : forced;
    int keep = safe + random.nextInt(entries.size() - safe + 1);
    forced = Math.min(forced, keep);
    reported = Math.min(reported, keep);
    commitIndex = Math.min(commitIndex, hasHoles() ? knownEnd() : keep);
    int lost = entries.size() - keep;
    entries.subList(keep, entries.size()).clear();
    return lost;
  }

  /// What a start does before it serves: the tail is rewritten and forced.
  void recover() {
    failed = false;
    failNextForce = false;
    forceUpTo(entries.size());
    boolean _ = joinWhatIsBehind();
    if (!rotten.isEmpty()) {
      setDamageAside();
    } else if (hasHoles()) {
      beNew();
    }
    reported = entries.size();
    if (knownEnd() == 0) {
      entriesLogId = null;
    }
    commitIndex = Math.min(commitIndex, knownEnd());
  }

  private void setDamageAside() {
    beNew();
    lostThrough = Math.max(lostThrough, rotten.last());
    int intact = (int) Math.min(entries.size(), rotten.first() - 1);
    List<Entry> tail = entries.subList(intact, entries.size());
    tail.forEach(entry -> behindHoles.put(entry.index(), entry));
    tail.clear();
    rotten.forEach(behindHoles::remove);
    rotten.clear();
    forced = entries.size();
  }

  private void beNew() {
    SimulatedDisk former = copyTo(incarnation, owner);
    incarnation = owner.newIncarnation();
    joinFailed = false;
    owner.onDamageFound(this, former);
  }

  private void forget() {
    life++;
    busy = false;
    queue.clear();
    if (promiseInFlight != null && random.nextBoolean() && manner.persistPromises) {
      promise = promiseInFlight;
    }
    promiseInFlight = null;
  }

  private void finish(int thisLife, Runnable finish) {
    if (thisLife == life && !failed) {
      busy = false;
      if (failNextForce) {
        failNextForce = false;
        failed = true;
        owner.onForceFailed(this);
      } else {
        finish.run();
        work();
      }
    }
  }

  private Runnable startPersist() {
    Promise next = ((Job.Persist) queue.remove()).promise();
    promiseInFlight = next;
    return () -> {
      promiseInFlight = null;
      if (manner.persistPromises) {
        promise = next;
      }
      owner.onPromisePersisted(this, next);
    };
  }

  private Runnable startBegin() {
    Job.Begin begin = (Job.Begin) queue.remove();
    return () -> {
      if (!entries.isEmpty()) {
        throw new InvariantViolated("only an empty log begins behind a base", begin.toString());
      }
      entries.addAll(owner.entriesThrough(begin.base()));
      entriesLogId = begin.logId();
      forced = entries.size();
      base = begin.base();
      report(forced);
    };
  }

  private Runnable startGroup() {
    for (int n = 0; n < MAX_GROUP && queue.peek() instanceof Job.Append append; n++) {
      queue.remove();
      write(append);
    }
    int end = entries.size();
    if (manner.reportBeforeForce) {
      int thisLife = life;
      clock.after(1, () -> reportIn(thisLife, end));
      return () -> {
        if (manner.forceEachGroup) {
          forceUpTo(end);
        }
      };
    }
    return () -> {
      forceUpTo(end);
      boolean fits = joinWhatIsBehind();
      report(entries.size());
      if (!fits) {
        owner.onDoesNotJoin(this);
      }
    };
  }

  /// Where a hole is filled, what stands behind it counts again, if it follows.
  private boolean joinWhatIsBehind() {
    if (behindHoles.isEmpty() || behindHoles.firstKey() != entries.size() + 1) {
      return true;
    }
    Entry first = behindHoles.firstEntry().getValue();
    if (manner.checkJoins() && !first.follows(end())) {
      entries.removeLast();
      forced = entries.size();
      joinFailed = true;
      return false;
    }
    owner.onHoleClosed(this, entries.getLast(), first);
    while (!behindHoles.isEmpty() && behindHoles.firstKey() == entries.size() + 1) {
      entries.add(behindHoles.pollFirstEntry().getValue());
    }
    forced = entries.size();
    return true;
  }

  private void write(Job.Append append) {
    for (Entry entry : append.entries()) {
      boolean overwrites = behindHoles.containsKey(entry.index()) || joinFailed;
      if (overwrites) {
        throw new InvariantViolated(
            "what stands behind a hole is not written again", entry + " " + holes());
      }
      boolean rightLog = entriesLogId == null || append.logId().equals(entriesLogId);
      if (!rightLog || !entry.follows(end())) {
        throw new InvariantViolated(
            "C6 a write goes on where its log ends",
            "log " + append.logId() + " " + entry + " behind log " + entriesLogId + " " + end());
      }
      entriesLogId = append.logId();
      entries.add(entry);
      owner.onWritten(this, entry);
    }
  }

  private void forceUpTo(int end) {
    while (forced < end) {
      forced++;
      owner.onForced(this, entries.get(forced - 1));
    }
  }

  private void reportIn(int thisLife, int end) {
    if (thisLife == life) {
      report(end);
    }
  }

  private void report(int end) {
    reported = end;
    owner.onDurable(this, end);
  }

  private long forceNanos() {
    return random.nextLong(manner.minForceNanos, manner.maxForceNanos + 1);
  }
}
