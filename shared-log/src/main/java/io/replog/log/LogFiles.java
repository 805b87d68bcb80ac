package io.replog.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// The port to the disk: all that the log asks of a file system. Production is [ChannelFiles];
/// tests put a disk there that forgets, fails and fills up.
interface LogFiles {

  /// Creates the directory when missing, for the owner only.
  ///
  /// @throws LogRefusedException if everybody may write there
  void prepareDirectory(Path directory) throws IOException;

  /// Holds the directory until closed.
  ///
  /// @throws LogRefusedException if somebody else holds it
  DirectoryHold lock(Path file) throws IOException;

  /// Names of the files in a directory, sorted; empty when there is no such directory.
  List<String> list(Path directory) throws IOException;

  /// A new, empty file; an old one of that name is emptied.
  LogFile create(Path file) throws IOException;

  /// An existing file, to read and write.
  LogFile open(Path file) throws IOException;

  /// An existing file, to read only.
  LogFile openToRead(Path file) throws IOException;

  /// Takes the place of `to`, which may exist. Durable after [#forceDirectory].
  void rename(Path from, Path to) throws IOException;

  /// For temporary files, and for segments that were released.
  void deleteIfExists(Path file) throws IOException;

  void forceDirectory(Path directory) throws IOException;

  long usableBytes(Path directory) throws IOException;

  /// How many threads may read a log at a time.
  int readers();
}
