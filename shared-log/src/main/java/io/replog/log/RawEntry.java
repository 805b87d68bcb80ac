package io.replog.log;

import io.replog.model.Chain;
import io.replog.model.Position;

/// A verified entry whose key and text are still bytes in UTF-8, part of a buffer that is used
/// again when its cursor goes on. For readers that pass bytes on and need no strings.
///
/// @param bytes the buffer; not to be changed
/// @param keyOffset where the key begins in it
/// @param keyLength -1 where there is no key
/// @param textOffset where the text begins in it
@SuppressWarnings("ArrayRecordComponent")
public record RawEntry(
    long index,
    long epoch,
    long timestampMillis,
    long chain,
    byte[] bytes,
    int keyOffset,
    int keyLength,
    int textOffset,
    int textLength) {

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
                keyOffset,
                keyLength,
                textOffset,
                textLength);
  }
}
