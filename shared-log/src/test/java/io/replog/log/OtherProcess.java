package io.replog.log;

import java.io.IOException;
import java.nio.file.Path;

/// Another process that wants the same data directory. `open` opens and leaves; `hold` says so on
/// its standard output and keeps it until it is killed or its standard input ends.
final class OtherProcess {

  static final int OPENED = 0;
  static final int REFUSED = 78;

  private OtherProcess() {}

  public static void main(String[] args) throws IOException {
    LogOptions options = LogOptions.of(Path.of(args[1]), "replog", "master");
    try (DurableLog log = DurableLog.open(options, new Heard())) {
      if (args[0].equals("hold")) {
        System.out.println(log.end());
        System.exit(System.in.read() < 0 ? OPENED : 1);
      }
    } catch (LogRefusedException refused) {
      System.exit(REFUSED);
    }
  }
}
