package io.replog.master.replicate;

import io.replog.replication.master.MasterInput;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A talk with a follower on a thread of its own, which always has a result: the core waits for it,
/// and would wait for ever if it were lost.
///
/// The threads are those of the platform, and kept for a minute: the kernel wakes them when the
/// answer comes, where a virtual one would be woken by way of three others. There are never more
/// than talks that the core has begun, which its windows bound.
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);

  private static final Executor THREADS =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("exchange-", 1).daemon().factory());

  private Exchange() {}

  /// Starts one. Returns at once, never throws.
  ///
  /// @param name what goes on, with whom
  /// @param talk makes the result
  /// @param failed the result when the talk breaks in a way that nobody foresaw, from a few words
  /// @param core takes exactly one of both
  static void start(
      String name,
      Supplier<MasterInput> talk,
      Function<String, MasterInput> failed,
      Consumer<MasterInput> core) {
    try {
      THREADS.execute(() -> core.accept(result(name, talk, failed)));
    } catch (RuntimeException | Error noThread) {
      core.accept(broken(name, failed, noThread));
    }
  }

  private static MasterInput result(
      String name, Supplier<MasterInput> talk, Function<String, MasterInput> failed) {
    try {
      return talk.get();
    } catch (RuntimeException | Error unforeseen) {
      return broken(name, failed, unforeseen);
    }
  }

  private static MasterInput broken(
      String name, Function<String, MasterInput> failed, Throwable unforeseen) {
    LOG.warn("{} broke", name, unforeseen);
    return failed.apply("the request broke inside the master, its log tells more");
  }
}
