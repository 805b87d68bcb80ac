package io.replog.follower.feed;

import io.replog.replication.follower.FollowerAnswer;
import io.replog.replication.follower.FollowerInput;
import io.replog.replication.follower.FollowerView;
import java.util.function.LongFunction;

/// The core of this node, as its feeder uses it.
interface FedCore {

  /// A picture that shows everything answered before.
  FollowerView view() throws InterruptedException;

  /// Gives an input to the core and waits for its answer.
  ///
  /// @throws io.replog.node.problem.Refusal if it cannot answer now
  FollowerAnswer call(LongFunction<FollowerInput> input) throws InterruptedException;
}
