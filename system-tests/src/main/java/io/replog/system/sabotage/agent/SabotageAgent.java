package io.replog.system.sabotage.agent;

import java.lang.instrument.Instrumentation;
import java.util.Map;
import java.util.TreeMap;

/// Entry of the agent. Its argument lists what to take away, see `Sabotage`.
public final class SabotageAgent {

  /// First word of the line that a sabotaged process prints of each class that it has changed.
  public static final String SABOTAGED = "SABOTAGED";

  private SabotageAgent() {}

  /// Called by the JVM before the node's own `main`.
  public static void premain(String argument, Instrumentation instrumentation) {
    Map<String, Map<String, String>> byClass = new TreeMap<>();
    for (String method : argument.split(";")) {
      String[] nameAndValue = method.split("=", 2);
      int dot = nameAndValue[0].lastIndexOf('.');
      byClass
          .computeIfAbsent(nameAndValue[0].substring(0, dot), _ -> new TreeMap<>())
          .put(nameAndValue[0].substring(dot + 1), nameAndValue.length > 1 ? nameAndValue[1] : "");
    }
    byClass.forEach((type, methods) -> instrumentation.addTransformer(new Saboteur(type, methods)));
  }
}
