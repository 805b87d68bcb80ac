package io.replog.system.chaos;

import io.replog.system.history.Attempt;
import io.replog.system.history.FinalLog;
import io.replog.system.history.History;
import io.replog.system.history.Sight;
import io.replog.system.kit.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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
    write("reads.jsonl", history.sights().stream().map(HistoryFiles::inShort));
    write("tails.jsonl", history.tailParts().stream());
    write(
        "processes.jsonl", Stream.concat(history.resources().stream(), history.endings().stream()));
    write("failures.jsonl", history.failedAnswers().stream());
    for (FinalLog log : history.finalLogs()) {
      write("log-of-" + log.node() + ".jsonl", log.records().stream());
    }
  }

  /// The texts of a read are those of the log, or it is named in the report.
  private static Map<String, Object> inShort(Sight sight) {
    return Map.of(
        "node", sight.node().toString(),
        "kind", sight.asked().kind(),
        "invoked_nanos", sight.invokedNanos(),
        "ended_nanos", sight.endedNanos(),
        "first_index", sight.asked().firstIndex(),
        "least_index", sight.asked().leastIndex(),
        "texts", sight.texts().size(),
        "shown_index", sight.shownIndex());
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
