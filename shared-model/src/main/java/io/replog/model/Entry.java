package io.replog.model;

import org.jspecify.annotations.Nullable;

/// One accepted message, or something else that has its place in the order, as it stands in the log
/// of every node that holds it.
///
/// An entry never changes: the same index of the same log has the same bytes everywhere, and
/// [#chain] proves it.
///
/// @param index 1-based position in the log
/// @param epoch generation of the master that accepted it, at least 1; 0 only for entries put by
///   hand on an unclaimed follower
/// @param timestampMillis wall clock of the master at the append, milliseconds since 1970;
///   informational, never compared
/// @param kind what it is, a message nearly always
/// @param key idempotency key of the client, or null
/// @param text the message; any Unicode without lone surrogates, may be empty
/// @param chain running hash over every entry up to and including this one, see [Chain]
public record Entry(
    long index,
    long epoch,
    long timestampMillis,
    EntryKind kind,
    @Nullable String key,
    String text,
    long chain) {

  /// A message.
  public Entry(
      long index, long epoch, long timestampMillis, @Nullable String key, String text, long chain) {
    this(index, epoch, timestampMillis, EntryKind.MESSAGE, key, text, chain);
  }

  /// The message that comes right behind `previous`, with its chain computed.
  public static Entry after(
      Position previous, long epoch, long timestampMillis, @Nullable String key, String text) {
    return after(previous, epoch, timestampMillis, EntryKind.MESSAGE, key, text);
  }

  /// The same of any kind.
  public static Entry after(
      Position previous,
      long epoch,
      long timestampMillis,
      EntryKind kind,
      @Nullable String key,
      String text) {
    long index = previous.index() + 1;
    long chain = Chain.next(previous.chain(), index, epoch, timestampMillis, kind, key, text);
    return new Entry(index, epoch, timestampMillis, kind, key, text, chain);
  }

  /// Where the log stands once this entry is in it.
  public Position position() {
    return new Position(index, epoch, chain);
  }

  /// Whether this entry is the direct successor of `previous` and its chain is right.
  public boolean follows(Position previous) {
    return index == previous.index() + 1
        && epoch >= previous.epoch()
        && chain == Chain.next(previous.chain(), index, epoch, timestampMillis, kind, key, text);
  }
}
