package io.replog.benchmarks.micro;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/// What binds an entry to those before it: once on the master, once on each follower.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChainBenchmark {

  private Position end = Position.START;

  @Benchmark
  public Entry entryBehindAnother() {
    Entry entry = Entry.after(end, 1, 1_700_000_000_000L, null, Samples.TEXT);
    end = entry.position();
    return entry;
  }
}
