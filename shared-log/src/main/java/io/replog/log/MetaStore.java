package io.replog.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;

/// The meta file of a data directory. Its absence beside other files is never taken for a new node.
final class MetaStore {

  static final String NAME = "meta.json";

  private static final int MAX_BYTES = 64 << 10;

  private final LogFiles files;
  private final Path path;
  private volatile Meta meta;

  private MetaStore(LogFiles files, Path path, Meta meta) {
    this.files = files;
    this.path = path;
    this.meta = meta;
  }

  /// Reads the meta file, or makes the first one of an empty directory.
  ///
  /// @throws LogRefusedException if it is missing, damaged, newer, or of another node or cluster
  static MetaStore open(LogFiles files, LogOptions options) throws IOException {
    Path path = options.directory().resolve(NAME);
    List<String> names = files.list(options.directory());
    if (names.contains(NAME)) {
      return new MetaStore(files, path, ours(read(files, path), path, options));
    }
    if (names.stream().anyMatch(MetaStore::isOfOldNode)) {
      throw new LogRefusedException(
          path + " is missing beside a log: restore it, or empty the directory to begin anew");
    }
    MetaStore fresh =
        new MetaStore(files, path, Meta.fresh(options.clusterId(), options.nodeName()));
    fresh.save(fresh.meta);
    return fresh;
  }

  Meta meta() {
    return meta;
  }

  /// Returns when it is on disk.
  void save(Meta changed) throws IOException {
    WholeFiles.replace(files, path, changed.encode());
    meta = changed;
  }

  private static boolean isOfOldNode(String name) {
    return name.endsWith(".log")
        || name.equals(CommitFile.NAME)
        || name.equals(Quarantine.DIRECTORY);
  }

  private static Meta read(LogFiles files, Path path) throws IOException {
    try (LogFile file = files.openToRead(path)) {
      ByteBuffer content = WholeFiles.readStart(file, MAX_BYTES);
      byte[] bytes = new byte[content.remaining()];
      content.get(bytes);
      return Meta.decode(bytes);
    } catch (IllegalArgumentException damaged) {
      throw new LogRefusedException(path + " is damaged: " + damaged.getMessage());
    }
  }

  private static Meta ours(Meta meta, Path path, LogOptions options) {
    requireSame(path, "cluster", meta.clusterId(), options.clusterId());
    requireSame(path, "node", meta.node(), options.nodeName());
    return meta;
  }

  private static void requireSame(Path path, String what, String found, String wanted) {
    if (!found.equals(wanted)) {
      throw new LogRefusedException(
          "%s is of %s \"%s\", this is %s \"%s\"".formatted(path, what, found, what, wanted));
    }
  }
}
