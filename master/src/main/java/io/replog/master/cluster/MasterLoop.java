package io.replog.master.cluster;

import io.replog.node.loop.CoreLoop;
import io.replog.node.shutdown.FailStop;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterView;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The one thread that owns the master's core. Everybody else speaks to it through inputs and looks
/// at it through pictures.
public final class MasterLoop implements AutoCloseable {

  /// Inputs of clients that may wait for the core, which takes some hundred thousand a second: a
  /// bound on time.
  private static final int MAX_CLIENT_INPUTS = 16_384;

  /// What they may weigh together: a bound on memory.
  private static final long MAX_CLIENT_BYTES =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final int INPUT_BYTES = 128;

  private static final long EXACT_VIEW_MILLIS = 1_000;

  private final MasterCore core;
  private final CoreLoop<MasterInput, MasterEffect, MasterView> loop;

  /// @param performer makes, from the way back to the core, what carries out effects
  MasterLoop(
      MasterCore core,
      Function<Consumer<MasterInput>, Consumer<MasterEffect>> performer,
      FailStop failStop) {
    this.core = core;
    Inbox inbox = new Inbox();
    this.loop =
        new CoreLoop<>(
            "core",
            new MasterMachine(core),
            new MasterInput.Tick(),
            performer.apply(inbox),
            MAX_CLIENT_INPUTS,
            MAX_CLIENT_BYTES,
            failStop,
            System::nanoTime);
    inbox.loop = loop;
  }

  void start() {
    loop.start();
  }

  /// Queues an input of a client.
  ///
  /// @return false if too many wait, or the node is stopping; nothing has happened then
  public boolean offer(MasterInput input) {
    return loop.offer(input, bytes(input));
  }

  private static long bytes(MasterInput input) {
    return input instanceof MasterInput.Add add
        ? INPUT_BYTES + 2L * add.text().length()
        : INPUT_BYTES;
  }

  /// Queues what must not be lost: a result, a cancellation, the end.
  public void put(MasterInput input) {
    loop.put(input);
  }

  /// A recent picture. Never waits.
  public MasterView view() {
    return loop.view();
  }

  /// A picture that shows everything answered before; the recent one if that takes a second.
  public MasterView exactView() throws InterruptedException {
    return orElse(ask(() -> core.view(System.nanoTime())), view());
  }

  /// How many nodes are known to hold `index` durably.
  ///
  /// @throws TimeoutException if the core does not say so within a second, or has ended
  public int acksOf(long index) throws InterruptedException, TimeoutException {
    try {
      return ask(() -> core.acksOf(index)).get(EXACT_VIEW_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException ended) {
      throw (TimeoutException) new TimeoutException("the core has ended").initCause(ended);
    }
  }

  /// Answers a question on the thread that owns the core.
  public <T> CompletableFuture<T> ask(Supplier<T> question) {
    return loop.ask(question);
  }

  /// Works off what is queued and ends the thread.
  @Override
  public void close() {
    loop.close();
  }

  private static <T> T orElse(CompletableFuture<T> answer, T otherwise)
      throws InterruptedException {
    try {
      return answer.get(EXACT_VIEW_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException notAnswered) {
      return otherwise;
    }
  }

  /// Lets results find the way to a loop that is made after those who report them.
  private static final class Inbox implements Consumer<MasterInput> {

    private @Nullable CoreLoop<MasterInput, MasterEffect, MasterView> loop;

    @Override
    public void accept(MasterInput input) {
      Objects.requireNonNull(loop).put(input);
    }
  }
}
