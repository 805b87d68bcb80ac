package io.replog.node.messages;

import io.replog.model.Entry;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;

/// Entries as server-sent events, the newest kept: a thousand tails want the same one at the same
/// moment, and encoding it for each takes the processors from everybody else. At most [#SLOTS] of
/// [#MAX_KEPT_BYTES], 8 MiB. For any thread; two that meet encode twice.
final class EncodedEvents {

  static final int SLOTS = 64;
  static final int MAX_KEPT_BYTES = 128 << 10;

  private static final byte[] EVENT_END = "\n\n".getBytes(StandardCharsets.US_ASCII);
  private static final int FRAME_BYTES = 256;

  private final ObjectWriter json;
  private final AtomicReferenceArray<@Nullable Event> newest = new AtomicReferenceArray<>(SLOTS);

  /// @param chain tells entries of the same index apart, as after the log was cut
  private record Event(long index, long chain, byte[] bytes) {}

  EncodedEvents(ObjectWriter json) {
    this.json = json;
  }

  /// The whole event; not to be changed.
  byte[] of(Entry entry) {
    int slot = (int) (entry.index() & (SLOTS - 1));
    Event kept = newest.get(slot);
    if (kept != null && kept.index() == entry.index() && kept.chain() == entry.chain()) {
      return kept.bytes();
    }
    byte[] bytes = encode(entry);
    if (bytes.length <= MAX_KEPT_BYTES && (kept == null || kept.index() <= entry.index())) {
      newest.set(slot, new Event(entry.index(), entry.chain(), bytes));
    }
    return bytes;
  }

  private byte[] encode(Entry entry) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(FRAME_BYTES + entry.text().length());
    out.writeBytes(("id: " + entry.index() + "\ndata: ").getBytes(StandardCharsets.US_ASCII));
    try (JsonGenerator event = json.createGenerator(out)) {
      Records.full(event, entry);
    }
    out.writeBytes(EVENT_END);
    return out.toByteArray();
  }
}
