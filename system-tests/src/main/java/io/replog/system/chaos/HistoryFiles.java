package io.replog.system.chaos;

import io.replog.system.history.Attempt;
import io.replog.system.history.FinalLog;
import io.replog.system.history.History;
import io.replog.system.kit.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Keeps a history on disk, a JSON document a line.
final class HistoryFiles {

  private final Path directory;

  /// @param directory it is there, and what it holds of an earlier run is replaced
  HistoryFiles(Path directory) {
    this.directory = directory;
  }

  void write(History history) {
    write(
        "adds.jsonl",
        history.attempts().stream().sorted(Comparator.comparingLong(Attempt::invokedNanos)));
    SavedReads reads = new SavedReads(history.finalLogs());
    write("reads.jsonl", history.sights().stream().map(reads::shortened));
    write("tails.jsonl", history.tailParts().stream());
    write(
        "processes.jsonl", Stream.concat(history.resources().stream(), history.endings().stream()));
    write("failures.jsonl", history.failedAnswers().stream());
    write(
        "refused-reads.jsonl",
        history.refusedReads().entrySet().stream()
            .map(entry -> Map.of("read", entry.getKey(), "times", entry.getValue())));
    write("run.jsonl", Stream.of(whole(history)));
    for (FinalLog log : history.finalLogs()) {
      write("log-of-" + log.node() + ".jsonl", log.records().stream());
    }
  }

  /// What else the judgement needs.
  private static Map<String, Object> whole(History history) {
    Map<String, Object> whole = new LinkedHashMap<>();
    history.drain().ifPresent(drain -> whole.put("drain_millis", drain.taken().toMillis()));
    history.drain().ifPresent(drain -> whole.put("converged", drain.converged()));
    whole.put("master_disk_filled", history.wasMasterDiskFilled());
    whole.put("readings", history.readings().stream().sorted().toList());
    whole.put(
        "digests",
        history.finalLogs().stream().collect(Collectors.toMap(FinalLog::node, FinalLog::digest)));
    return whole;
  }

  void write(String name, List<String> lines) {
    try {
      Files.write(directory.resolve(name), lines);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void write(String name, Stream<?> documents) {
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(directory.resolve(name)))) {
      documents.map(Json::write).forEach(out::println);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
