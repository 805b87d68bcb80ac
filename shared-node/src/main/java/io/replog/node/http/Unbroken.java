package io.replog.node.http;

import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Periodic work that goes on after a failure, which by itself would end it without a word. Of
/// failures the first is told and every thousandth, so that they fill no disk.
final class Unbroken implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Unbroken.class);
  private static final int TOLD_EVERY = 1_000;

  private final Runnable work;
  private final AtomicLong failures = new AtomicLong();

  Unbroken(Runnable work) {
    this.work = work;
  }

  @Override
  public void run() {
    try {
      work.run();
    } catch (RuntimeException failed) {
      if (failures.getAndIncrement() % TOLD_EVERY == 0) {
        LOG.warn("looking after connections failed {} times so far", failures.get(), failed);
      }
    }
  }
}
