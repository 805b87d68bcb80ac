package io.replog.system.link;

import java.time.Duration;

/// How a link treats what passes through it.
///
/// @param requests what happens to bytes on their way to the follower
/// @param answers what happens to bytes on their way back
/// @param delay how long each piece of bytes is held up, in each direction
/// @param bytesPerSecond how fast it is in each direction
/// @param cut how connections end early
/// @param bytesBeforeCut how many bytes pass at most, in either direction, before they do; where it
///   happens differs by connection
public record Weather(
    Passage requests,
    Passage answers,
    Duration delay,
    long bytesPerSecond,
    Cut cut,
    int bytesBeforeCut) {

  /// What happens to bytes in one direction.
  public enum Passage {
    /// They arrive.
    OPEN,
    /// They wait until the weather changes, as when packets are lost and sent again.
    STALLED,
    /// They are gone, and the connection with them once the weather changes.
    SWALLOWED
  }

  /// How connections end early.
  public enum Cut {
    /// They do not.
    NEVER,
    /// By a reset in both directions.
    RESET,
    /// The receiving side sees a regular end in the middle of a message.
    HALF_CLOSE
  }

  /// Everything arrives at once.
  public static final Weather FAIR =
      new Weather(Passage.OPEN, Passage.OPEN, Duration.ZERO, Long.MAX_VALUE, Cut.NEVER, 0);

  /// The same for these directions.
  public static Weather passing(Passage requests, Passage answers) {
    return new Weather(requests, answers, Duration.ZERO, Long.MAX_VALUE, Cut.NEVER, 0);
  }

  public static Weather slow(Duration delay, long bytesPerSecond) {
    return new Weather(Passage.OPEN, Passage.OPEN, delay, bytesPerSecond, Cut.NEVER, 0);
  }

  public static Weather cutting(Cut cut, int bytesBeforeCut) {
    return new Weather(
        Passage.OPEN, Passage.OPEN, Duration.ZERO, Long.MAX_VALUE, cut, bytesBeforeCut);
  }
}
