package io.replog.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An entry between nodes. Index and chain are left out: the receiver computes both from the
/// position before, which proves more than copying them would.
///
/// JSON: `{"epoch":3,"timestamp_ms":1795201380000,"key":null,"text":"m7"}`
///
/// @param epoch epoch in which the entry was accepted, at most that of the sender
/// @param timestampMillis wall clock at the append, milliseconds since 1970
/// @param key idempotency key or null
/// @param text the message
/// @param kind what it is; null and left out for a message, as it was before there were others
public record WireEntry(
    @JsonProperty(value = "epoch", required = true) long epoch,
    @JsonProperty(value = "timestamp_ms", required = true) long timestampMillis,
    @JsonProperty("key") @Nullable String key,
    @JsonProperty(value = "text", required = true) String text,
    @JsonProperty("kind") @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable EntryKind kind) {

  /// A message.
  public WireEntry(long epoch, long timestampMillis, @Nullable String key, String text) {
    this(epoch, timestampMillis, key, text, null);
  }

  public static WireEntry of(Entry entry) {
    return new WireEntry(
        entry.epoch(),
        entry.timestampMillis(),
        entry.key(),
        entry.text(),
        entry.kind() == EntryKind.MESSAGE ? null : entry.kind());
  }

  /// The entries that `batch` stands for when it comes right behind `previous`.
  public static List<Entry> placeBehind(Position previous, List<WireEntry> batch) {
    List<Entry> placed = new ArrayList<>(batch.size());
    Position end = previous;
    for (WireEntry wire : batch) {
      Entry entry = wire.placedBehind(end);
      placed.add(entry);
      end = entry.position();
    }
    return placed;
  }

  private Entry placedBehind(Position previous) {
    EntryKind is = kind == null ? EntryKind.MESSAGE : kind;
    return Entry.after(previous, epoch, timestampMillis, is, key, text);
  }
}
