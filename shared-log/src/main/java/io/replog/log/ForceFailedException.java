package io.replog.log;

import java.io.IOException;
import java.nio.file.Path;

/// A force has failed, for whatever reason, a full disk included: what was written may be gone
/// although it can still be read. The only right answer is to stop.
final class ForceFailedException extends IOException {

  private static final long serialVersionUID = 1L;

  ForceFailedException(IOException cause) {
    super("force failed: " + cause.getMessage(), cause);
  }

  static void force(LogFile file, boolean metadata) throws ForceFailedException {
    try {
      file.force(metadata);
    } catch (IOException cause) {
      throw new ForceFailedException(cause);
    }
  }

  static void forceDirectory(LogFiles files, Path directory) throws ForceFailedException {
    try {
      files.forceDirectory(directory);
    } catch (IOException cause) {
      throw new ForceFailedException(cause);
    }
  }
}
