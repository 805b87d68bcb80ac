package io.replog.system.power;

import io.replog.system.disk.FileSystem;
import io.replog.system.disk.LoopDisks;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;

/// Cuts the power again and again, in rounds, until something is lost or it was often enough.
public final class CutRun {

  private static final int CLUSTER_CUTS_PER_ROUND = 10;
  private static final int LOG_CUTS_PER_ROUND = 25;

  private final IntFunction<Round> rounds;
  private final int cutsPerRound;
  private final Tally tally;
  private final Consumer<String> progress;

  /// @param rounds makes the round of this number, from 0 on
  /// @param progress takes a line for every cut
  CutRun(IntFunction<Round> rounds, int cutsPerRound, Tally tally, Consumer<String> progress) {
    this.rounds = rounds;
    this.cutsPerRound = cutsPerRound;
    this.tally = tally;
    this.progress = progress;
  }

  /// A cluster of real nodes; every other round has segments so small that they end all the time.
  ///
  /// @param parent where the disks are kept
  /// @param fileSystems taken in turn, one a round
  public static CutRun ofCluster(
      ClusterSettings settings,
      Path parent,
      List<FileSystem> fileSystems,
      long seed,
      Consumer<String> progress) {
    Random random = new Random(seed);
    Tally tally = new Tally();
    IntFunction<Round> rounds =
        number ->
            new ClusterRound(
                LoopDisks.below(parent),
                fileSystems.get(number % fileSystems.size()),
                settings.ofRound(number / fileSystems.size()),
                random,
                tally);
    return new CutRun(rounds, CLUSTER_CUTS_PER_ROUND, tally, progress);
  }

  /// A single log in a process of its own.
  ///
  /// @param parent where the disk is kept
  /// @param fileSystems taken in turn, one a round
  public static CutRun ofLog(
      LogSettings settings,
      Path parent,
      List<FileSystem> fileSystems,
      long seed,
      Consumer<String> progress) {
    Random random = new Random(seed);
    Tally tally = new Tally();
    IntFunction<Round> rounds =
        number ->
            new LogRound(
                LoopDisks.below(parent),
                fileSystems.get(number % fileSystems.size()),
                settings,
                random,
                tally);
    return new CutRun(rounds, LOG_CUTS_PER_ROUND, tally, progress);
  }

  /// The figures so far.
  public Tally tally() {
    return tally;
  }

  /// @return whether everything was kept
  public boolean run(int count) {
    for (int done = 0; done < count; done += cutsPerRound) {
      if (!round(done, Math.min(cutsPerRound, count - done), count)) {
        return false;
      }
    }
    return true;
  }

  private boolean round(int done, int cuts, int count) {
    Round round = rounds.apply(done / cutsPerRound);
    try {
      for (int cut = 1; cut <= cuts; cut++) {
        progress.accept("%4d/%d  %s".formatted(done + cut, count, round.cut()));
      }
      round.finish();
    } catch (LostException lost) {
      tally.lost(lost.getMessage());
      progress.accept("LOST  " + lost.getMessage());
      progress.accept("disks and logs are kept in " + round.keep());
      return false;
    } catch (RuntimeException | Error broken) {
      round.close();
      throw broken;
    }
    round.close();
    return true;
  }
}
