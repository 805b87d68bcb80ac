package io.replog.system.chaos;

import io.replog.system.SystemTests;
import io.replog.system.kit.Programs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;

/// A network namespace for the whole run: the program starts itself again inside one, where only
/// its own nodes live and the rules of packet filters concern nobody else. It goes when they go.
final class OwnNetwork {

  /// Set inside.
  private static final String INSIDE = "REPLOG_CHAOS_NETWORK";

  private OwnNetwork() {}

  static boolean isPossible() {
    return Programs.isRoot() && Programs.isThere("unshare") && Programs.isThere("ip");
  }

  static boolean isHere() {
    return System.getenv(INSIDE) != null;
  }

  /// Runs this program again, with the same options and arguments, inside a namespace of its own.
  ///
  /// @return its exit code
  static int enter(List<String> arguments) throws IOException, InterruptedException {
    List<String> line =
        new ArrayList<>(
            List.of("unshare", "--net", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh"));
    ProcessHandle.Info self = ProcessHandle.current().info();
    line.add(self.command().orElseThrow());
    line.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.add(SystemTests.class.getName());
    line.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(line).inheritIO();
    builder.environment().put(INSIDE, "yes");
    Process inside = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(inside::destroy, "end the run"));
    return inside.waitFor();
  }
}
