package io.replog.node.security;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What a client may do. Each role includes those before it.
public enum ClientRole {
  /// Read messages, health and metrics.
  READER,
  /// Add messages.
  WRITER,
  /// Do what an operator does: adopt a log, inject faults.
  ADMIN;

  /// As it is written in the file of keys.
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  boolean includes(ClientRole needed) {
    return compareTo(needed) >= 0;
  }

  static Optional<ClientRole> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }
}
