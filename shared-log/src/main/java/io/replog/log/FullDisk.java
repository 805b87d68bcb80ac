package io.replog.log;

import java.io.IOException;
import java.nio.file.Path;

/// Tells a write that found no room, which passes, from every other failure. The words of an error
/// are in the language of the machine, so the room that is left decides as well.
///
/// @param directory the data directory
record FullDisk(LogFiles files, Path directory) {

  /// With less than this free, a write that failed is taken to have found no room. A write takes
  /// what there is before it fails, so next to nothing is left then.
  static final long NEXT_TO_NOTHING_BYTES = 1 << 20;

  /// Whether `failure` is for want of room. A force that failed never is: what it should have
  /// forced may be gone.
  boolean explains(IOException failure) {
    return !(failure instanceof ForceFailedException) && (saysSo(failure) || isFull(failure));
  }

  private static boolean saysSo(IOException failure) {
    String message = String.valueOf(failure.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  private boolean isFull(IOException failure) {
    try {
      return files.usableBytes(directory) < NEXT_TO_NOTHING_BYTES;
    } catch (IOException unknown) {
      failure.addSuppressed(unknown);
      return false;
    }
  }
}
