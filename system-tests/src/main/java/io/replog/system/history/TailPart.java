package io.replog.system.history;

import java.util.List;

/// What one connection of a live tail brought.
///
/// @param node name of the node
/// @param resumedAfter the index after which it had asked to go on
/// @param events index and text of each event, in the order they came
public record TailPart(String node, long resumedAfter, List<Event> events) {

  public TailPart {
    events = List.copyOf(events);
  }

  /// One event.
  public record Event(long index, String text) {}
}
