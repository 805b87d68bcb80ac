package io.replog.master.cluster;

import io.replog.node.loop.CoreLoop;
import io.replog.node.shutdown.FailStop;
import io.replog.replication.master.MasterCore;
import io.replog.replication.master.MasterEffect;
import io.replog.replication.master.MasterInput;
import io.replog.replication.master.MasterView;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A core, the thread that owns it and its links to the followers, from one opening of the log to
/// the next. What the links of an earlier life bring never reaches a later one.
final class MasterLife {

  /// Inputs of clients that may wait for the core, which takes some hundred thousand a second: a
  /// bound on time.
  private static final int MAX_CLIENT_INPUTS = 16_384;

  /// What they may weigh together: a bound on memory.
  private static final long MAX_CLIENT_BYTES =
      Math.min(64L << 20, Runtime.getRuntime().maxMemory() / 8);

  private static final Duration CLOSING = Duration.ofSeconds(30);

  private final MasterCore core;
  private final Links links;
  private final CoreLoop<MasterInput, MasterEffect, MasterView> loop;

  /// What carries out effects, and what has to be closed at the end.
  record Hands(EffectPerformer performer, Links links) {}

  /// @param hands makes, from the way back to the core, what carries out effects
  MasterLife(MasterCore core, Function<Consumer<MasterInput>, Hands> hands, FailStop failStop) {
    this.core = core;
    Inbox inbox = new Inbox();
    Hands made = hands.apply(inbox);
    this.links = made.links();
    made.performer().connect(core.connections());
    this.loop =
        new CoreLoop<>(
            "core",
            new MasterMachine(core),
            new MasterInput.Tick(),
            made.performer(),
            MAX_CLIENT_INPUTS,
            MAX_CLIENT_BYTES,
            failStop,
            System::nanoTime);
    inbox.loop = loop;
  }

  MasterCore core() {
    return core;
  }

  CoreLoop<MasterInput, MasterEffect, MasterView> loop() {
    return loop;
  }

  void closeLinks() {
    links.close();
  }

  /// Lets everybody who waits be answered, and ends: nothing is sent, read or written any more.
  void end(String why) {
    loop.put(new MasterInput.Damaged(why));
    loop.close(CLOSING);
    closeLinks();
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
