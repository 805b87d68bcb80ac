package io.replog.master.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.replog.master.events.OpenAdds;
import io.replog.master.members.Members;
import io.replog.node.settings.Role;
import io.replog.node.settings.SettingsReader;
import io.replog.replication.master.MasterEvent;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SpanTest {

  private final OpenAdds open = new OpenAdds();
  private final Span span =
      new Span(
          open,
          new Members(
              SettingsReader.read(
                  Role.MASTER,
                  Map.of("FOLLOWERS", "follower-1=http://a:1,follower-2=http://b:2"))));

  @Test
  void tellsTheNewestOfAThousandAndCountsAll() {
    for (int i = 1; i <= 1_000; i++) {
      span.note(new MasterEvent.Appended(i, i, 2, null, 1), 0);
      span.note(new MasterEvent.Released(i, i, 2, 2, 1_000_000), 0);
    }

    Frame.Appended appended = span.appended(0);
    assertThat(appended.count()).isEqualTo(1_000);
    assertThat(appended.fromIndex()).isEqualTo(1);
    assertThat(appended.toIndex()).isEqualTo(1_000);
    assertThat(appended.newest()).hasSize(Span.MAX_TOLD);
    assertThat(appended.newest().getLast().index()).isEqualTo(1_000);
    assertThat(span.released().count()).isEqualTo(1_000);
    assertThat(span.released().newest()).hasSize(Span.MAX_TOLD);
    assertThat(span.lines().written()).hasSize(LineSheet.MAX_LINES);
    assertThat(span.lines().skipped()).isEqualTo(2_000 - LineSheet.MAX_LINES);
  }

  @Test
  void tellsTheEndOfABulkAdd() {
    span.note(new MasterEvent.AppendedAll(5, 10_004, 1, 1), 0);

    assertThat(span.appended(0).count()).isEqualTo(10_000);
    assertThat(span.appended(0).fromIndex()).isEqualTo(5);
    assertThat(span.appended(0).newest()).hasSize(Span.MAX_TOLD);
    assertThat(span.appended(0).newest().getLast().index()).isEqualTo(10_004);
  }

  @Test
  void joinsWhatAFollowerAcknowledges() {
    span.note(new MasterEvent.FollowerAcknowledged("follower-1", 1, 3, 7_000_000), 0);
    span.note(new MasterEvent.FollowerAcknowledged("follower-2", 1, 1, -1), 0);
    span.note(new MasterEvent.FollowerAcknowledged("follower-1", 4, 9, 8_000_000), 0);

    assertThat(span.acknowledged())
        .containsExactly(
            new Frame.Passage("follower-1", 1, 9, 8L), new Frame.Passage("follower-2", 1, 1, null));
  }

  @Test
  void cutsLongTextsAndNoCharacterInHalf() {
    String text = "x".repeat(Span.MAX_TEXT - 1) + "😀".repeat(100);
    open.opened(1, new OpenAdds.Received(0, text, null));

    span.note(new MasterEvent.Appended(1, 1, 1, null, text.length()), 0);

    assertThat(span.appended(TimeUnit.SECONDS.toNanos(1)).newest())
        .containsExactly(new Frame.Message(1, 1, "x".repeat(Span.MAX_TEXT - 1) + "…", 1_000));
  }
}
