package io.replog.client.command;

import io.replog.client.Failure;
import io.replog.client.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Unmatched;

/// A verb that is a program of its own, in the jar of another module. It is handed everything as it
/// stands, `--help` included, and this program ends as that one ends.
abstract class Handover implements Callable<Integer> {

  private final Home home;
  private final String module;
  private final String verb;

  @Unmatched private final List<String> arguments = new ArrayList<>();

  /// @param module whose jar holds the program
  Handover(Home home, String module, String verb) {
    this.home = home;
    this.module = module;
    this.verb = verb;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Process program =
        new ProcessBuilder(commandLine()).directory(home.root().toFile()).inheritIO().start();
    Thread ending = new Thread(program::destroy, "end " + verb);
    Runtime.getRuntime().addShutdownHook(ending);
    return program.waitFor();
  }

  private List<String> commandLine() {
    Path jar = home.root().resolve("%s/target/%s.jar".formatted(module, module));
    if (!Files.exists(jar)) {
      throw Failure.refused("%s is missing; build it with: mvn -DskipTests package".formatted(jar));
    }
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx768m", "-XX:+UseSerialGC", "-Dstdout.encoding=UTF-8"));
    line.addAll(List.of("-Dstderr.encoding=UTF-8", "-jar", jar.toString(), verb));
    line.addAll(arguments);
    return line;
  }
}
