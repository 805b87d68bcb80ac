package io.replog.follower.replicate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MasterWordTest {

  private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
  private final MasterWord word = new MasterWord(now::get);

  @Test
  void isOfWhoseBatchWasTakenLast() {
    assertThat(word.startId()).isNull();

    word.obeyed("one");
    word.obeyed("two");

    assertThat(word.startId()).isEqualTo("two");
  }

  @Test
  void lastsAsLongAsHeartbeatsCome() {
    word.obeyed("one");
    now.addAndGet(MasterWord.LASTS.toNanos() - 1);
    word.heard("one");
    now.addAndGet(MasterWord.LASTS.toNanos() - 1);
    assertThat(word.startId()).isEqualTo("one");

    now.addAndGet(1);

    assertThat(word.startId()).isNull();
  }

  @Test
  void isNotGivenByHeartbeatsAlone() {
    word.heard("one");
    assertThat(word.startId()).isNull();

    word.obeyed("one");
    word.heard("another");

    assertThat(word.startId()).isEqualTo("one");
  }
}
