package io.replog.system.power;

import io.replog.log.DurableLog;
import io.replog.log.LogListener;
import io.replog.log.LogOptions;
import io.replog.log.LogRefusedException;
import io.replog.log.Recovery;
import io.replog.model.Entry;
import io.replog.model.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// What the disk of one node holds after its power was cut: before the node has seen it, so that
/// nothing is there that another node has sent since.
///
/// @param node name of the node
/// @param texts its log, from the first message on
/// @param tornBytes length of the unfinished write behind them
record DiskContents(String node, List<String> texts, long tornBytes) {

  DiskContents {
    texts = List.copyOf(texts);
  }

  /// Reads a copy, since opening a log changes it.
  ///
  /// @param directory data directory of the node
  /// @param copy where the copy goes; must not exist
  /// @throws LostException if the log is damaged, has holes or cannot be opened
  static DiskContents read(String node, Path directory, Path copy) {
    copy(directory, copy);
    LogOptions options = LogOptions.of(copy, "replog", node);
    try (DurableLog log = DurableLog.open(options, new Deaf())) {
      Recovery recovery = log.recovery();
      if (!recovery.corruption().isEmpty()) {
        throw new LostException(node + " is damaged: " + recovery.corruption());
      }
      if (!recovery.holes().isEmpty()) {
        throw new LostException(node + " lacks parts of its log: " + recovery.holes());
      }
      return new DiskContents(node, texts(log), recovery.tornBytes());
    } catch (LogRefusedException refused) {
      throw new LostException(node + " cannot be opened: " + refused.getMessage());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<String> texts(DurableLog log) {
    List<String> texts = new ArrayList<>();
    try (var cursor = log.cursor(1)) {
      for (Entry entry = cursor.next(); entry != null; entry = cursor.next()) {
        texts.add(entry.text());
      }
    }
    return texts;
  }

  private static void copy(Path from, Path to) {
    try {
      Files.createDirectories(to);
      if (!Files.exists(from)) {
        return;
      }
      try (Stream<Path> files = Files.list(from)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, to.resolve(file.getFileName()));
        }
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /// Whether this text stands at this index.
  boolean holds(long index, String text) {
    return index <= texts.size() && texts.get(Math.toIntExact(index - 1)).equals(text);
  }

  /// Whether the log begins with all of `shown`.
  boolean beginsWith(List<String> shown) {
    return shown.size() <= texts.size() && texts.subList(0, shown.size()).equals(shown);
  }

  /// A log that is only read has nothing to say.
  private static final class Deaf implements LogListener {
    @Override
    public void durable(long index) {}

    @Override
    public void promisePersisted(Promise promise) {}

    @Override
    public void failed(IOException cause) {}
  }
}
