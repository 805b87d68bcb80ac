package io.replog.node.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.model.Entry;
import io.replog.model.Position;
import io.replog.node.shutdown.FailStop;
import io.replog.replication.LogView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CoreLogViewTest {

  private final List<Long> lookups = new ArrayList<>();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private final FailStop failStop = new FailStop(exitCode::complete, exitCode::complete);
  private final CoreLogView view = new CoreLogView(new CountingLog(), failStop);

  @Test
  void looksAPositionUpOnce() {
    assertThat(view.positionAt(7)).isEqualTo(position(7));
    assertThat(view.positionAt(7)).isEqualTo(position(7));

    assertThat(lookups).containsExactly(7L);
  }

  @Test
  void looksNothingUpThatWasReadByOthers() {
    view.remember(position(7));

    assertThat(view.positionAt(7)).isEqualTo(position(7));
    assertThat(lookups).isEmpty();
  }

  @Test
  void remembersTheEndsOfFullBatches() {
    List<Long> ends = LongStream.rangeClosed(1, 64).mapToObj(batch -> batch * 1_024).toList();
    ends.forEach(end -> view.remember(position(end)));

    ends.forEach(end -> assertThat(view.positionAt(end)).isEqualTo(position(end)));

    assertThat(lookups).hasSizeLessThan(8);
  }

  @Test
  void tellsTheRightPositionWhenManyShareAPlace() {
    LongStream.rangeClosed(0, 5_000).forEach(index -> view.remember(position(index)));

    assertThat(LongStream.rangeClosed(0, 5_000).mapToObj(view::positionAt))
        .allSatisfy(found -> assertThat(found).isEqualTo(position(found.index())));
  }

  @Test
  void stopsTheNodeAsAFailureOfItsLogWhenAnEntryCannotBeRead() {
    CoreLogView broken = new CoreLogView(new BrokenLog(), failStop);

    assertThatThrownBy(() -> broken.positionAt(7)).isInstanceOf(UncheckedIOException.class);

    assertThat(exitCode.join()).isEqualTo(FailStop.LOG_FAILED);
  }

  private static Position position(long index) {
    return new Position(index, 1, index * 31);
  }

  private final class CountingLog implements LogView {

    @Override
    public Position positionAt(long index) {
      lookups.add(index);
      return position(index);
    }

    @Override
    public Entry entryAt(long index) {
      throw new IndexOutOfBoundsException();
    }
  }

  private static final class BrokenLog implements LogView {

    @Override
    public Position positionAt(long index) {
      throw new UncheckedIOException(new IOException("Input/output error"));
    }

    @Override
    public Entry entryAt(long index) {
      throw new UncheckedIOException(new IOException("Input/output error"));
    }
  }
}
