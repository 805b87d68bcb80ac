package io.replog.system.power;

import io.replog.model.Chain;
import io.replog.model.Position;

/// What a log found on its disk when it was opened.
///
/// @param end last entry
/// @param asked the entry that was asked for; with its chain it stands for everything before it
/// @param promisedEpoch of the promise, 0 when there is none
/// @param commitIndex persisted commit index
/// @param tornBytes length of what was cut off behind the end
/// @param damagedPlaces damage inside the durable range, and parts of it that are missing
record Found(
    Position end,
    Position asked,
    long promisedEpoch,
    long commitIndex,
    long tornBytes,
    int damagedPlaces) {

  /// @param values what stands behind [Line#FOUND]
  static Found parse(String values) {
    String[] value = values.split(" ");
    return new Found(
        position(value[0]),
        position(value[1]),
        Long.parseLong(value[2]),
        Long.parseLong(value[3]),
        Long.parseLong(value[4]),
        Integer.parseInt(value[5]));
  }

  static Position position(String text) {
    String[] part = text.split(":");
    return new Position(
        Long.parseLong(part[0]), Long.parseLong(part[1]), Chain.fromDigits(part[2]));
  }
}
