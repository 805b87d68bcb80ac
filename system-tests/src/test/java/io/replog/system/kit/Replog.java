package io.replog.system.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The command line of the client as it was packaged.
public final class Replog {

  private Replog() {}

  /// @param home folder that stands for the repository's root
  public static List<String> command(Path home, String... arguments) {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m"));
    line.addAll(List.of("-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    line.add("-Dreplog.home=" + home);
    line.add("-jar");
    line.add(Repository.root().resolve("client/target/client.jar").toString());
    line.addAll(List.of(arguments));
    return line;
  }
}
