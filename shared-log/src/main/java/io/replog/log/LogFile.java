package io.replog.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/// One open file. For one thread.
interface LogFile extends Closeable {

  /// Reads at most what fits.
  ///
  /// @return bytes read, -1 at the end of the file
  int read(ByteBuffer into, long offset) throws IOException;

  /// Writes all that remains in `from`, or throws; then any part of it may be in the file.
  void write(ByteBuffer from, long offset) throws IOException;

  long size() throws IOException;

  void truncate(long size) throws IOException;

  /// Returns when all that was written is on stable storage. After it has thrown once, the file
  /// must not be written any more: the next call may succeed although the data is gone.
  void force(boolean metadata) throws IOException;
}
