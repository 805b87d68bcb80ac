package io.replog.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What an entry is. A message says nothing of itself; every other kind has attributes that name
/// it, in the record on disk and in the chain, so that no node can take one for the other. A new
/// one changes what a reading of a segment finds, so the version of its seals changes with it.
public enum EntryKind {
  /// A text that somebody added.
  @JsonProperty("message")
  MESSAGE("message", ""),
  /// Reads and writes of the table that happen together; the text is their notation.
  @JsonProperty("transaction")
  TRANSACTION("transaction", "kind=transaction"),
  /// Who belongs to the cluster from here on; the text is a [Membership].
  @JsonProperty("membership")
  MEMBERSHIP("membership", "kind=membership");

  private static final EntryKind[] KINDS = values();

  private final String word;
  private final byte[] attributes;

  EntryKind(String word, String attributes) {
    this.word = word;
    this.attributes = attributes.getBytes(StandardCharsets.UTF_8);
  }

  /// How it is written in JSON.
  public String word() {
    return word;
  }

  /// Bytes of the attributes, 0 for a message.
  public int attributesLength() {
    return attributes.length;
  }

  /// The attributes, not to be changed.
  public ByteBuffer attributes() {
    return ByteBuffer.wrap(attributes).asReadOnlyBuffer();
  }

  /// The kind whose attributes these bytes are, null when this program knows none.
  public static @Nullable EntryKind of(byte[] bytes, int offset, int length) {
    if (length == 0) {
      return MESSAGE;
    }
    ByteBuffer found = ByteBuffer.wrap(bytes, offset, length);
    for (EntryKind kind : KINDS) {
      if (kind.attributes().equals(found)) {
        return kind;
      }
    }
    return null;
  }
}
