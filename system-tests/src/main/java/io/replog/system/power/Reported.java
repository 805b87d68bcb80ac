package io.replog.system.power;

import io.replog.model.Position;
import java.util.Optional;

/// The most that a log has reported to be on disk; all of it has to be there ever after.
///
/// @param end last entry that was durable
/// @param promisedEpoch of the last promise, 0 when there was none
/// @param commitIndex highest that was kept
record Reported(Position end, long promisedEpoch, long commitIndex) {

  static final Reported NOTHING = new Reported(Position.START, 0, 0);

  Reported withEnd(Position end) {
    return new Reported(end, promisedEpoch, commitIndex);
  }

  Reported withPromise(long epoch) {
    return new Reported(end, epoch, commitIndex);
  }

  Reported withCommit(long index) {
    return new Reported(end, promisedEpoch, Math.max(commitIndex, index));
  }

  /// What is missing in a log that was opened with the index of [#end] asked for.
  Optional<String> lostIn(Found found) {
    if (found.damagedPlaces() > 0) {
      return Optional.of("the log says that it is damaged");
    }
    if (!found.asked().equals(end)) {
      return Optional.of("%s was durable, the log ends at %s".formatted(end, found.end()));
    }
    if (found.promisedEpoch() < promisedEpoch) {
      return Optional.of(
          "epoch %d was promised, %d is left".formatted(promisedEpoch, found.promisedEpoch()));
    }
    if (found.commitIndex() < commitIndex) {
      return Optional.of(
          "commit index %d was kept, %d is left".formatted(commitIndex, found.commitIndex()));
    }
    return Optional.empty();
  }

  /// What was found is durable: the log has said so by opening.
  Reported and(Found found) {
    return new Reported(found.end(), found.promisedEpoch(), found.commitIndex());
  }
}
