package io.replog.master.cluster;

import io.replog.node.loop.CoreLoop;
import io.replog.replication.master.BlockedCall;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterView;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/// The way to the master's core: everybody speaks to it through inputs and looks at it through
/// pictures. When the log is opened anew, another core takes over; nobody notices.
public final class MasterLoop implements AutoCloseable {

  private static final int INPUT_BYTES = 128;

  private final Supplier<MasterLife> lives;
  private final MasterCalls calls;
  private volatile MasterLife life;
  private boolean running;

  /// @param lives makes a core of what the log holds at that moment
  MasterLoop(Supplier<MasterLife> lives, MasterCalls calls) {
    this.lives = lives;
    this.calls = calls;
    this.life = lives.get();
  }

  synchronized void start() {
    running = true;
    life.loop().start();
  }

  /// Ends the present core: whoever waits is answered. Nothing happens on this thread but waiting.
  void end(String why) {
    life.end(why);
    calls.abandon();
  }

  /// Lets another core begin with what the log holds now.
  synchronized void beginAnew() {
    life = lives.get();
    if (running) {
      life.loop().start();
    }
  }

  /// Queues an input of a client.
  ///
  /// @return false if too many wait, or the node is stopping; nothing has happened then
  public boolean offer(MasterInput input) {
    return life.loop().offer(input, bytes(input));
  }

  private static long bytes(MasterInput input) {
    return switch (input) {
      case MasterInput.Add add -> bytes(add.text());
      case MasterInput.AddAll bulk ->
          bulk.messages().stream().mapToLong(message -> bytes(message.text())).sum();
      default -> INPUT_BYTES;
    };
  }

  private static long bytes(String text) {
    return INPUT_BYTES + 2L * text.length();
  }

  /// Queues what must not be lost: a result, a cancellation, the end.
  public void put(MasterInput input) {
    life.loop().put(input);
  }

  /// A recent picture. Never waits.
  public MasterView view() {
    return life.loop().view();
  }

  /// A picture that shows everything answered before; the recent one if that takes a second.
  public MasterView exactView() throws InterruptedException {
    MasterLife present = life;
    return orElse(present.loop().ask(() -> present.core().view(System.nanoTime())), view());
  }

  /// Adds that wait for followers, lowest index first, `atMost` of them.
  public CompletableFuture<List<BlockedCall>> oldestBlocked(int atMost) {
    MasterLife present = life;
    return present.loop().ask(() -> present.core().oldestBlocked(atMost));
  }

  /// How many nodes are known to hold `index` durably.
  ///
  /// @throws TimeoutException if the core does not say so within a second, or has ended
  public int acksOf(long index) throws InterruptedException, TimeoutException {
    MasterLife present = life;
    try {
      return present
          .loop()
          .ask(() -> present.core().acksOf(index))
          .get(CoreLoop.ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException ended) {
      throw (TimeoutException) new TimeoutException("the core has ended").initCause(ended);
    }
  }

  /// Answers a question while nothing else happens in the core.
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    return life.loop().ask(question);
  }

  void closeLinks() {
    life.closeLinks();
  }

  /// Works off what is queued and ends the thread.
  @Override
  public synchronized void close() {
    running = false;
    life.loop().close();
  }

  private static <T> T orElse(CompletableFuture<T> answer, T otherwise)
      throws InterruptedException {
    try {
      return answer.get(CoreLoop.ANSWER_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notAnswered) {
      return otherwise;
    }
  }
}
