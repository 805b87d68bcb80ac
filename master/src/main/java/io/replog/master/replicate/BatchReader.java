package io.replog.master.replicate;

import io.replog.model.Entry;
import io.replog.model.ReplicateRequest;
import io.replog.model.WireEntry;
import io.replog.node.log.CoreLogView;
import io.replog.node.log.NodeLog;
import io.replog.replication.master.MasterEffect.Send;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;

/// Reads batches from the own log and encodes them. Throws if the log cannot be read.
final class BatchReader implements BatchReading {

  private final String clusterId;
  private final String startId;
  private final NodeLog log;
  private final CoreLogView positions;
  private final JsonMapper json;

  BatchReader(LinkSettings settings) {
    this.clusterId = settings.clusterId();
    this.startId = settings.startId();
    this.log = settings.log();
    this.positions = settings.positions();
    this.json = settings.json();
  }

  @Override
  public Encoded read(Send batch, long upTo) {
    long before = batch.previous().index();
    long count = Math.min(batch.maxEntries(), upTo - before);
    List<Entry> entries =
        count <= 0 ? List.of() : log.readBatch(before + 1, (int) count, batch.maxBytes());
    if (!entries.isEmpty()) {
      positions.remember(entries.getLast().position());
    }
    return new Encoded(before + entries.size(), json.writeValueAsBytes(request(batch, entries)));
  }

  private ReplicateRequest request(Send batch, List<Entry> entries) {
    return new ReplicateRequest(
        clusterId,
        batch.logId(),
        batch.epoch(),
        startId,
        batch.previous(),
        entries.stream().map(WireEntry::of).toList(),
        batch.durableIndex(),
        batch.commitIndex());
  }
}
