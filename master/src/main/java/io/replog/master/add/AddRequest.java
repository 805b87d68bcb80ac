package io.replog.master.add;

import io.replog.model.EntryKind;
import io.replog.model.WriteConcern;
import io.replog.node.security.Identity;
import io.replog.node.security.ScopedKey;
import org.jspecify.annotations.Nullable;

/// A valid request to add a message, or an entry of another kind.
///
/// @param text the message, Unicode without lone surrogates, within `MAX_MESSAGE_SIZE`
/// @param key idempotency key or null
/// @param concern how many nodes must hold it; the core makes a number of it at the append
/// @param requiredNodes as many as that are while the request is read, 1 to N
/// @param timeoutNanos how long to wait from the append on, 0 = as long as it takes
record AddRequest(
    EntryKind kind,
    String text,
    @Nullable String key,
    WriteConcern concern,
    int requiredNodes,
    long timeoutNanos) {

  /// The same with a key that nobody but `sender` can use.
  AddRequest from(Identity sender) {
    return new AddRequest(
        kind, text, ScopedKey.of(sender, key), concern, requiredNodes, timeoutNanos);
  }
}
