package io.replog.log;

import io.replog.model.Entry;
import io.replog.model.Position;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// Another process that uses the same data directory. `open` opens and leaves; `hold` says so on
/// its standard output and keeps it until it is killed; `write` appends without end and prints
/// every index that is durable.
final class OtherProcess {

  static final int OPENED = 0;
  static final int REFUSED = 78;

  private OtherProcess() {}

  static Process start(String verb, Path directory) throws IOException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new ProcessBuilder(
            java.toString(),
            "-cp",
            System.getProperty("java.class.path"),
            OtherProcess.class.getName(),
            verb,
            directory.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  static LogOptions options(Path directory) {
    return LogOptions.of(directory, "replog", "master").withSegmentBytes(64 << 10);
  }

  public static void main(String[] args) throws IOException {
    Heard heard = new Heard();
    try (DurableLog log = DurableLog.open(options(Path.of(args[1])), heard)) {
      switch (args[0]) {
        case "hold" -> hold();
        case "write" -> write(log, heard);
        default -> System.exit(OPENED);
      }
    } catch (LogRefusedException refused) {
      System.exit(REFUSED);
    }
  }

  private static void hold() throws IOException {
    System.out.println("held");
    System.exit(System.in.read() < 0 ? OPENED : 1);
  }

  private static void write(DurableLog log, Heard heard) {
    Position end = log.end();
    while (heard.failure() == null) {
      List<Entry> entries = Entries.behind(end, 7);
      end = entries.getLast().position();
      log.append(Entries.LOG_ID, entries);
      heard.awaitDurable(end.index() - 7);
      System.out.println(heard.durableIndex());
    }
  }
}
