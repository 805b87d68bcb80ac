package io.replog.benchmarks.peers;

/// The message that every system is given: 100 bytes.
final class Message {

  static final String TEXT = "0123456789".repeat(10);

  private Message() {}
}
