package io.replog.connectors.log;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Reads records, one a line, and stops where they become too many to hold: the next read goes on
/// from there. Refuses a gap, so that nobody mistakes a part of the log for all of it.
final class RecordLines {

  /// Characters of all texts of a page, beyond the first of them.
  private static final int MAX_CHARACTERS = 4 << 20;

  private final JsonMapper json;
  private final long fromIndex;

  RecordLines(JsonMapper json, long fromIndex) {
    this.json = json;
    this.fromIndex = fromIndex;
  }

  /// @throws ReadFailedException if a line is no record, or not the one that follows
  List<LogRecord> read(InputStream body) throws IOException {
    List<LogRecord> records = new ArrayList<>();
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    int characters = 0;
    String line;
    while (characters < MAX_CHARACTERS && (line = lines.readLine()) != null) {
      LogRecord read = parse(line);
      require(read, fromIndex + records.size());
      records.add(read);
      characters += line.length();
    }
    return records;
  }

  private LogRecord parse(String line) {
    try {
      return json.readValue(line, LogRecord.class);
    } catch (JacksonException broken) {
      throw new ReadFailedException(0, "a line of the log ends early or is no record");
    }
  }

  private static void require(LogRecord read, long index) {
    if (read.index() != index) {
      throw new ReadFailedException(
          0, "index %d was due and %d came".formatted(index, read.index()));
    }
  }
}
