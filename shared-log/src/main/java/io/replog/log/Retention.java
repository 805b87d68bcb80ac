package io.replog.log;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How much of a log is worth its room. What is beyond it may be released, whole segments at a
/// time, once nobody lacks it.
///
/// @param bytes room on the disk that the newest segments may take; the segments before those that
///   reach it are surplus; null = any
/// @param age how long entries are kept, by the wall clock of the master that stamped them; a
///   segment is surplus when its newest entry is older; null = for ever
public record Retention(@Nullable Long bytes, @Nullable Duration age) {

  /// Nothing is ever surplus.
  public static final Retention EVERYTHING = new Retention(null, null);

  public boolean keepsEverything() {
    return bytes == null && age == null;
  }
}
