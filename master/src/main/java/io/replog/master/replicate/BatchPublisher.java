package io.replog.master.replicate;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Where a batch is published once for every follower. No method waits or throws.
public interface BatchPublisher {

  /// Whether batches can be published and answers come back, as far as is known.
  boolean isReady();

  /// Publishes a batch, behind all that were published before.
  ///
  /// @param startId the life of the core that it belongs to
  /// @param number of the publication in that life
  /// @param end told once whether it is with the broker: null, or why not in a few words; on any
  ///   thread
  void publish(String startId, long number, byte[] json, Consumer<@Nullable String> end);

  /// From now on `broadcast` hears the answers to what it publishes, and of every interruption.
  void join(Broadcast broadcast);

  /// It hears nothing more.
  void leave(Broadcast broadcast);
}
