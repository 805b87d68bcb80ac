package io.replog.system.sabotage;

import io.replog.system.kit.Repository;
import java.nio.file.Path;
import java.util.List;

/// What is taken away from a node.
///
/// @param methods each `package/Class.method`, or `package/Class.method=value` where the value is
///   `true`, `false` or a whole number; without one the method returns 0, false, null or nothing.
///   Every overload is meant.
public record Sabotage(List<String> methods) {

  public Sabotage {
    methods = List.copyOf(methods);
  }

  public static Sabotage of(String... methods) {
    return new Sabotage(List.of(methods));
  }

  /// The option for the node's JVM. A class without such a method ends the node as it starts, with
  /// exit code 70: a control that controls nothing must not pass for one.
  public String javaOption() {
    Path agent = Repository.root().resolve("system-tests/target/system-tests-sabotage.jar");
    return "-javaagent:" + agent + "=" + String.join(";", methods);
  }
}
