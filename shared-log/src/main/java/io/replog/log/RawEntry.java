package io.replog.log;

import io.replog.model.Chain;
import io.replog.model.EntryKind;
import io.replog.model.Position;
import java.nio.charset.StandardCharsets;

/// A verified entry whose attributes, key and text are still bytes in UTF-8, one behind the other,
/// part of a buffer that is used again when its cursor goes on. For readers that pass bytes on and
/// need no strings.
///
/// @param bytes the buffer; not to be changed
/// @param attributesOffset where the attributes begin in it
/// @param attributesLength 0 for a message
/// @param keyLength -1 where there is no key
@SuppressWarnings("ArrayRecordComponent")
public record RawEntry(
    long index,
    long epoch,
    long timestampMillis,
    long chain,
    byte[] bytes,
    int attributesOffset,
    int attributesLength,
    int keyLength,
    int textLength) {

  private static final int SHOWN_BYTES = 64;

  /// Where the key begins in the buffer.
  public int keyOffset() {
    return attributesOffset + attributesLength;
  }

  /// Where the text begins in the buffer.
  public int textOffset() {
    return keyOffset() + Math.max(keyLength, 0);
  }

  /// What it is.
  ///
  /// @throws LogRefusedException if this program does not know: whoever guessed would show
  ///   something that the entry is not
  public EntryKind kind() {
    EntryKind known = EntryKind.of(bytes, attributesOffset, attributesLength);
    if (known == null) {
      throw new LogRefusedException(
          "#%d is of a kind that this program does not know (%s): a newer one has written it"
              .formatted(index, attributes()));
    }
    return known;
  }

  private String attributes() {
    int shown = Math.min(attributesLength, SHOWN_BYTES);
    return new String(bytes, attributesOffset, shown, StandardCharsets.UTF_8)
        .replaceAll("[^ -~]", "?");
  }

  Position position() {
    return new Position(index, epoch, chain);
  }

  /// Whether it is the direct successor of `previous` and its chain is right.
  boolean follows(Position previous) {
    return index == previous.index() + 1
        && epoch >= previous.epoch()
        && chain
            == Chain.next(
                previous.chain(),
                index,
                epoch,
                timestampMillis,
                bytes,
                attributesOffset,
                attributesLength,
                keyLength,
                textLength);
  }
}
