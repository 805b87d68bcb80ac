package io.replog.client.cluster;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a node is made to outlive the shell and its Ctrl-C: a session of its own, by `setsid` or
/// where there is none by Perl; failing both it at least ignores the hang-up. Each form becomes the
/// node by `exec`, so that the process id stays the one that was started.
final class Detachment {

  private Detachment() {}

  /// What to put in front of the command line of a node.
  static List<String> prefix() {
    return prefix(System.getenv().getOrDefault("PATH", "/usr/bin:/bin"));
  }

  /// @param path where programs are looked for, as in the variable `PATH`
  static List<String> prefix(String path) {
    return program("setsid", path)
        .map(List::of)
        .or(() -> program("perl", path).map(Detachment::sessionByPerl))
        .orElseGet(() -> List.of("/bin/sh", "-c", "trap '' HUP; exec \"$@\"", "sh"));
  }

  private static List<String> sessionByPerl(String perl) {
    return List.of(perl, "-e", "use POSIX; POSIX::setsid(); exec { $ARGV[0] } @ARGV");
  }

  private static Optional<String> program(String name, String path) {
    return Stream.of(path.split(File.pathSeparator))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
