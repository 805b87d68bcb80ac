package io.replog.connectors.branches;

import io.replog.connectors.branches.Outbox.Note;
import io.replog.connectors.log.AppendRefusedException;
import io.replog.connectors.log.AppendUnknownException;
import io.replog.connectors.log.LogClient;
import io.replog.connectors.log.NewMessage;
import io.replog.connectors.sale.SaleEntry;
import io.replog.connectors.work.Pass;
import io.replog.model.WriteConcern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Sends what a branch has to send, a batch a step: appends it to the log, then removes the notes.
/// Between the two it may be killed: then the batch is sent again, under the same keys, and the log
/// knows it already.
final class SendSales implements Pass {

  private static final int BATCH_ROWS = 500;

  private final String branch;
  private final Line line;
  private final RightLog rightLog;
  private final Outbox outbox;
  private final LogClient log;
  private final WriteConcern concern;
  private final JsonMapper json;

  SendSales(
      String branch,
      Line line,
      RightLog rightLog,
      Outbox outbox,
      LogClient log,
      WriteConcern concern,
      JsonMapper json) {
    this.branch = branch;
    this.line = line;
    this.rightLog = rightLog;
    this.outbox = outbox;
    this.log = log;
    this.concern = concern;
    this.json = json;
  }

  @Override
  public boolean step() {
    line.require(branch);
    String logId = rightLog.require();
    List<Note> batch = outbox.oldest(BATCH_ROWS);
    if (batch.isEmpty()) {
      return false;
    }
    Appended appended = append(batch);
    line.require(branch);
    if (!appended.notes().isEmpty()) {
      outbox.remove(appended.notes(), new Sent(logId, appended.lastIndex()));
    }
    return batch.size() == BATCH_ROWS;
  }

  /// What of a batch is in the log.
  ///
  /// @param lastIndex the highest that one of them has there, 0 for none
  private record Appended(List<Note> notes, long lastIndex) {}

  /// All at once; one after the other where that fails, so that one which the log will never take
  /// does not hold up the rest.
  private Appended append(List<Note> batch) {
    Map<String, NewMessage> messages = new LinkedHashMap<>();
    batch.forEach(note -> messages.put(message(note).key(), message(note)));
    try {
      long lastIndex = log.appendAll(List.copyOf(messages.values()), concern);
      return new Appended(batch, lastIndex);
    } catch (AppendRefusedException refused) {
      if (!refused.isForEver()) {
        throw refused;
      }
      return appendEach(batch);
    } catch (AppendUnknownException unknown) {
      return appendEach(batch);
    }
  }

  private Appended appendEach(List<Note> batch) {
    List<Note> appended = new ArrayList<>();
    long lastIndex = 0;
    for (Note note : batch) {
      try {
        NewMessage message = message(note);
        lastIndex = Math.max(lastIndex, log.append(message.text(), message.key(), concern));
        appended.add(note);
      } catch (AppendRefusedException refused) {
        if (!refused.isForEver()) {
          throw refused;
        }
        outbox.refuse(note, String.valueOf(refused.getMessage()));
      }
    }
    return new Appended(appended, lastIndex);
  }

  private NewMessage message(Note note) {
    return new SaleEntry(branch, note.sale()).toMessage(json);
  }
}
