package io.replog.replication.simulation;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.model.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The shell around a core: feeds it one input at a time, carries out its effects in order, wakes
/// it at its deadline, and can be killed, cut off from power, paused and started again.
abstract class SimulatedNode implements Endpoint, SimulatedDisk.Owner {

  /// How late a tick may come, nanoseconds.
  private static final long MAX_TICK_DELAY_NANOS = 300_000;

  final SimulatedCluster cluster;
  final SimulatedClock clock;
  final RandomGenerator random;
  private final String name;
  private final ArrayDeque<Runnable> whilePaused = new ArrayDeque<>();
  private SimulatedDisk disk;
  private boolean running;
  private boolean paused;
  private int process;
  private boolean tickPlanned;

  /// The deadline that the planned tick is for; of no meaning when none is planned.
  private long plannedDeadlineNanos;

  SimulatedNode(SimulatedCluster cluster, String name, RandomGenerator random) {
    this.cluster = cluster;
    this.clock = cluster.clock();
    this.name = name;
    this.random = random;
    this.disk = cluster.newDisk(this);
  }

  /// Makes a new core from what the disk holds.
  abstract void boot();

  /// When the core wants to be called.
  abstract long nextDeadlineNanos();

  /// Tells the core that time has passed.
  abstract void tick();

  abstract void stepDurable(long index);

  abstract void stepPromisePersisted(Promise promise);

  abstract void stepLogFailed();

  abstract void stepDamaged();

  abstract void stepStop();

  abstract void stepDiskFull(boolean full);

  abstract void stepDoesNotJoin();

  abstract void stepReleased(Position base);

  /// So many written entries are gone from the disk.
  abstract void lostOnPowerCut(long entries);

  /// The process is gone, and with it every call it had open.
  abstract void dropCalls();

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean running() {
    return running;
  }

  @Override
  public int process() {
    return process;
  }

  boolean paused() {
    return paused;
  }

  SimulatedDisk disk() {
    return disk;
  }

  void disk(SimulatedDisk other) {
    disk = other;
  }

  @Override
  public void inProcess(int addressee, Runnable action) {
    if (addressee != process || !running) {
      return;
    }
    if (paused) {
      whilePaused.add(action);
    } else {
      action.run();
    }
  }

  void start() {
    if (running) {
      return;
    }
    process++;
    running = true;
    paused = false;
    disk.recover();
    trace("starts", disk.end());
    boot();
    planTick();
  }

  void kill() {
    if (running) {
      end("killed");
      disk.kill();
    }
  }

  void cutPower() {
    if (running) {
      end("power cut");
    }
    long lost = disk.cutPower();
    cluster.coverage().count(Covered.LOST_UNFORCED_ENTRIES, lost);
    cluster.invariants().onPowerCut(this);
    lostOnPowerCut(lost);
  }

  /// SIGTERM: every call gets its honest answer, then the process ends.
  void stop() {
    int present = process;
    inProcess(
        present,
        () -> {
          trace("is told to stop", null);
          stepStop();
          clock.after(
              random.nextLong(50_000_000),
              () -> {
                if (process == present) {
                  kill();
                }
              });
        });
  }

  /// A part of the disk goes bad. Somebody reads it, or the scrub does within seconds, or the next
  /// start.
  void rot(long first, long last) {
    trace("rots", first + ".." + last);
    disk.rot(first, last);
    scrubLater();
  }

  private void scrubLater() {
    clock.after(
        random.nextLong(3_000_000_000L),
        () -> {
          if (running && !paused && disk.isRotten()) {
            findDamage();
          } else if (disk.isRotten()) {
            scrubLater();
          }
        });
  }

  /// The scrub or a reader has met damage: every call gets its honest answer, and the log is opened
  /// anew.
  void findDamage() {
    cluster.coverage().count(Covered.DAMAGE_FOUND_LIVE);
    stepDamaged();
    openAnew("finds damage");
  }

  /// The process goes on with another core.
  void openAnew(String why) {
    end(why);
    disk.kill();
    clock.after(1 + random.nextLong(20_000_000), this::start);
  }

  void pause() {
    if (running && !paused) {
      paused = true;
      trace("paused", null);
    }
  }

  void resume() {
    if (!running || !paused) {
      return;
    }
    paused = false;
    trace("resumed", whilePaused.size());
    int present = process;
    while (!whilePaused.isEmpty() && present == process) {
      whilePaused.remove().run();
    }
    disk.work();
  }

  void diskFull(boolean full) {
    inProcess(process, () -> stepDiskFull(full));
  }

  @Override
  public boolean canWork() {
    return running && !paused;
  }

  @Override
  public void onWritten(SimulatedDisk where, Entry entry) {
    cluster.invariants().onWritten(this, where, entry);
  }

  @Override
  public void onForced(SimulatedDisk where, Entry entry) {
    cluster.invariants().onForced(this, where, entry);
  }

  @Override
  public void onDurable(SimulatedDisk where, long index) {
    inProcess(process, () -> stepDurable(index));
  }

  @Override
  public void onPromisePersisted(SimulatedDisk where, Promise promise) {
    cluster.invariants().onPromise(this, promise);
    inProcess(process, () -> stepPromisePersisted(promise));
  }

  @Override
  public void onDamageFound(SimulatedDisk where, SimulatedDisk former) {
    cluster.coverage().count(Covered.DAMAGE_FOUND_AT_A_START);
    cluster.invariants().onDamageFound(this, where, former);
  }

  @Override
  public void onHoleClosed(SimulatedDisk where, Entry last, Entry first) {
    cluster.coverage().count(Covered.HOLES_CLOSED);
    cluster.invariants().onHoleClosed(this, last, first);
  }

  @Override
  public void onReleased(SimulatedDisk where, Position base) {
    inProcess(process, () -> stepReleased(base));
  }

  @Override
  public List<Entry> entriesThrough(Position base) {
    cluster.coverage().count(Covered.BEGUN_BEHIND_A_BASE);
    return cluster.entriesThrough(this, base);
  }

  @Override
  public void onDoesNotJoin(SimulatedDisk where) {
    inProcess(process, this::stepDoesNotJoin);
  }

  @Override
  public String newIncarnation() {
    return cluster.newId("incarnation");
  }

  @Override
  public void onForceFailed(SimulatedDisk where) {
    cluster.coverage().count(Covered.FORCE_FAILURES);
    int present = process;
    inProcess(
        present,
        () -> {
          stepLogFailed();
          clock.after(
              random.nextLong(20_000_000),
              () -> {
                if (process == present) {
                  cutPower();
                }
              });
        });
  }

  /// Wakes the core at its deadline, a little late.
  void planTick() {
    long deadline = nextDeadlineNanos();
    if ((tickPlanned && plannedDeadlineNanos <= deadline) || deadline == Long.MAX_VALUE) {
      return;
    }
    tickPlanned = true;
    plannedDeadlineNanos = deadline;
    int present = process;
    long wait = deadline <= clock.nowNanos() ? 0 : deadline - clock.nowNanos();
    clock.after(
        wait + 1 + random.nextLong(MAX_TICK_DELAY_NANOS),
        () -> inProcess(present, () -> tickPlannedFor(deadline)));
  }

  private void tickPlannedFor(long deadline) {
    if (tickPlanned && plannedDeadlineNanos == deadline) {
      tickPlanned = false;
      tick();
    }
  }

  void trace(String verb, @Nullable Object what) {
    cluster.trace().add(name, verb, what);
  }

  private void end(String how) {
    trace(how, null);
    running = false;
    paused = false;
    process++;
    tickPlanned = false;
    whilePaused.clear();
    dropCalls();
    cluster.network().ended(this);
  }
}
