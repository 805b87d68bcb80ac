package io.replog.client.cluster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Runs the programs that Maven has built, `master/target/master.jar` and its sibling, on the same
/// Java that runs this program.
public final class JarCommand implements NodeCommand {

  /// Heap and collector that suit three nodes on a small machine; `JAVA_OPTS` replaces them.
  static final List<String> DEFAULT_JAVA_OPTIONS =
      List.of("-Xmx512m", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError");

  private final Programs programs;

  /// @param repositoryRoot under which Maven has built
  /// @param folder where copies of what it has built lie; several runners may share it
  public JarCommand(Path repositoryRoot, Path folder) {
    this.programs = new Programs(repositoryRoot, folder);
  }

  @Override
  public boolean isPrepared() {
    return programs.arePrepared();
  }

  @Override
  public void prepare() {
    programs.prepare();
  }

  @Override
  public void tidy() {
    programs.discardOthers();
  }

  /// A cache that does not go with the options of the JVM makes it do without, and that is no news
  /// for the node's log.
  @Override
  public List<String> command(NodeSpec node, Map<String, String> variables) {
    Path jar = programs.jar(node.role());
    List<String> line = new ArrayList<>();
    line.add(Programs.JAVA.toString());
    Programs.cacheBeside(jar).ifPresent(cache -> line.add("-XX:AOTCache=" + cache));
    line.add("-Xlog:aot*=off,cds*=off");
    line.add("-Dstdout.encoding=UTF-8");
    line.add("-Dstderr.encoding=UTF-8");
    line.addAll(javaOptions(variables.getOrDefault("JAVA_OPTS", "").strip()));
    line.add("-jar");
    line.add(jar.toString());
    return line;
  }

  private static List<String> javaOptions(String written) {
    return written.isEmpty() ? DEFAULT_JAVA_OPTIONS : List.of(written.split("\\s+"));
  }
}
