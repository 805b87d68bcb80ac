package io.replog.follower.feed;

import io.replog.model.FeedAnswer;
import io.replog.model.FeedRequest;

/// Whoever feeds this node.
@FunctionalInterface
interface Upstream {

  /// What came of a request.
  sealed interface Reply {

    /// A whole answer.
    record Given(FeedAnswer answer) implements Reply {}

    /// No answer, or a refusal.
    ///
    /// @param why a few words for people, on one line
    record Failed(String why) implements Reply {}
  }

  /// Asks once and waits for the answer, within bounds. Never throws.
  Reply ask(FeedRequest request);
}
