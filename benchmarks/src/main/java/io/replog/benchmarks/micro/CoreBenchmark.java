package io.replog.benchmarks.micro;

import io.replog.model.FsyncMode;
import io.replog.model.Member;
import io.replog.replication.master.MasterSettings;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// All steps of the master's state machine for a group of adds: taken, written, sent to two
/// followers, acknowledged, answered. The disk and the followers are there at once and cost
/// nothing.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CoreBenchmark {

  private static final int CONCERN = 2;

  @Param({"1", "32"})
  private int group;

  private final InstantCluster cluster =
      new InstantCluster(
          MasterSettings.defaults(
              "bench",
              "start",
              List.of(
                  Member.eager("follower-1", "http://a:1"),
                  Member.eager("follower-2", "http://b:2")),
              FsyncMode.ALWAYS,
              false,
              true,
              64 << 20));

  @Benchmark
  public long addUntilAnswered() {
    for (int number = 0; number < group; number++) {
      cluster.add(Samples.TEXT, CONCERN);
    }
    return cluster.settle();
  }
}
