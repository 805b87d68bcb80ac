package io.replog.system.power;

import io.replog.model.FsyncMode;
import io.replog.system.sabotage.Sabotage;
import java.util.List;

/// How the log is kept whose power is cut.
///
/// @param fsync only `ALWAYS` is expected to lose nothing
/// @param segmentBytes small, so that a segment begins with every other batch
/// @param sabotaged methods of the log that are taken away or changed, see [Sabotage]
public record LogSettings(FsyncMode fsync, long segmentBytes, List<String> sabotaged) {

  private static final long SMALL_SEGMENT_BYTES = 8 << 10;

  /// The end of a segment forces it whatever the mode, which would leave little to lose.
  private static final long LARGER_SEGMENT_BYTES = 4 << 20;

  public LogSettings {
    sabotaged = List.copyOf(sabotaged);
  }

  public static LogSettings of(FsyncMode fsync, String... sabotaged) {
    long segmentBytes = fsync == FsyncMode.ALWAYS ? SMALL_SEGMENT_BYTES : LARGER_SEGMENT_BYTES;
    return new LogSettings(fsync, segmentBytes, List.of(sabotaged));
  }

  List<String> javaOptions() {
    return sabotaged.isEmpty() ? List.of() : List.of(new Sabotage(sabotaged).javaOption());
  }
}
