package io.replog.replication.master;

import io.replog.replication.master.AddOutcome.Refused;
import org.jspecify.annotations.Nullable;

/// How far a bulk add came: its first [#count] messages are in the log, the others never will be.
///
/// @param count messages taken, in their order: appended, or recognised as repetitions
/// @param replayed how many of them an earlier add with the same key had appended
/// @param firstIndex lowest index of them, 0 when none was taken; those between may be of others
/// @param lastIndex highest index of them, 0 when none was taken
/// @param stopped why the message behind them was refused, null when all were taken
public record Taken(
    int count, int replayed, long firstIndex, long lastIndex, @Nullable Refused stopped) {

  /// Nothing was taken.
  public static Taken nothing(Refused why) {
    return new Taken(0, 0, 0, 0, why);
  }
}
