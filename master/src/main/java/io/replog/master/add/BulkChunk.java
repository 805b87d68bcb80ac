package io.replog.master.add;

import io.replog.replication.master.MasterInput.Message;
import java.util.ArrayList;
import java.util.List;

/// Messages of a bulk add that go to the core together, each with the number of its line.
final class BulkChunk {

  /// What the core appends in one step: other calls wait for about a millisecond meanwhile.
  static final int MAX_MESSAGES = 512;

  static final int MAX_CHARACTERS = 256 << 10;

  private final List<Message> messages = new ArrayList<>();
  private final List<Long> lines = new ArrayList<>();
  private int characters;

  void add(Message message, long line) {
    messages.add(message);
    lines.add(line);
    characters += message.text().length();
  }

  boolean isFull() {
    return messages.size() >= MAX_MESSAGES || characters >= MAX_CHARACTERS;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  List<Message> messages() {
    return messages;
  }

  /// Line of the message at `place`, from 0.
  long line(int place) {
    return lines.get(place);
  }

  /// What is left behind the first `count` messages.
  BulkChunk behind(int count) {
    BulkChunk rest = new BulkChunk();
    for (int i = count; i < messages.size(); i++) {
      rest.add(messages.get(i), lines.get(i));
    }
    return rest;
  }
}
