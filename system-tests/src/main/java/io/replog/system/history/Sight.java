package io.replog.system.history;

import java.util.List;

/// What one node showed to one plain read from the first message on.
///
/// @param node name of the node
/// @param texts everything it showed, in its order
public record Sight(String node, List<String> texts) {

  public Sight {
    texts = List.copyOf(texts);
  }
}
