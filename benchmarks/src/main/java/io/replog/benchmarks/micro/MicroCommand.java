package io.replog.benchmarks.micro;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/// `replog bench micro`.
@Command(
    name = "micro",
    description = {
      "Measures the inner parts one by one, with JMH; what stands behind it goes to JMH as it is,",
      "such as a pattern of names, or -l for all names, or -h."
    })
public final class MicroCommand implements Callable<Integer> {

  @Unmatched private final List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws Exception {
    Main.main(arguments.toArray(String[]::new));
    return 0;
  }
}
