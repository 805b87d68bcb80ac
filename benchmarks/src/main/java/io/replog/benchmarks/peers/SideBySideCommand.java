package io.replog.benchmarks.peers;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "side-by-side")
public final class SideBySideCommand implements Callable<Integer> {
  @Override
  public Integer call() {
    return 0;
  }
}
