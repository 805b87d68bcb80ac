package io.replog.node.log;

import static io.replog.testnode.Eventually.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.replog.node.log.NodeLog.Waited;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class IndexWaitersTest {

  private static final long LONG_NANOS = 60_000_000_000L;

  private final IndexWaiters waiters = new IndexWaiters(5, 2);

  @Test
  void answersAtOnceWhatIsReachedOrMayNotWait() throws Exception {
    assertThat(waiters.await(5, 0)).isEqualTo(Waited.REACHED);
    assertThat(waiters.await(6, 0)).isEqualTo(Waited.TIMED_OUT);
    assertThat(waiters.await(6, 1_000_000)).isEqualTo(Waited.TIMED_OUT);
    assertThat(waiters.size()).isZero();
  }

  @Test
  void waitsAgainForWhatWasReachedBeforeADamage() throws Exception {
    waiters.restart(3);

    assertThat(waiters.await(3, 0)).isEqualTo(Waited.REACHED);
    assertThat(waiters.await(4, 0)).isEqualTo(Waited.TIMED_OUT);
    waiters.raise(5);
    assertThat(waiters.await(5, 0)).isEqualTo(Waited.REACHED);
  }

  @Test
  void wakesExactlyThoseWhoseIndexIsReached() throws Exception {
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Waited> near = readers.submit(() -> waiters.await(6, LONG_NANOS));
      Future<Waited> far = readers.submit(() -> waiters.await(8, LONG_NANOS));
      await().until(() -> waiters.size() == 2);

      waiters.raise(7);

      assertThat(near.get()).isEqualTo(Waited.REACHED);
      assertThat(far.isDone()).isFalse();
      waiters.raise(9);
      assertThat(far.get()).isEqualTo(Waited.REACHED);
    }
  }

  @Test
  void refusesMoreWaitersThanItsBound() throws Exception {
    try (ExecutorService readers = Executors.newVirtualThreadPerTaskExecutor()) {
      readers.submit(() -> waiters.await(9, LONG_NANOS));
      Future<Waited> last = readers.submit(() -> waiters.await(9, LONG_NANOS));
      await().until(() -> waiters.size() == 2);

      assertThat(waiters.await(9, LONG_NANOS)).isEqualTo(Waited.REFUSED);
      waiters.close();

      assertThat(last.get()).isEqualTo(Waited.STOPPING);
      assertThat(waiters.await(9, LONG_NANOS)).isEqualTo(Waited.STOPPING);
    }
  }
}
