package io.replog.replication.master;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IncarnationTest {

  private final Incarnation incarnation = new Incarnation();

  @Test
  void replacesNothingAtFirst() {
    assertThat(incarnation.isOutdated(1, "a")).isFalse();
    assertThat(incarnation.replacedBy("a", 3)).isFalse();
  }

  @Test
  void isReplacedByAnAnswerToALaterRequest() {
    incarnation.replacedBy("a", 3);

    assertThat(incarnation.isOutdated(4, "b")).isFalse();
    assertThat(incarnation.replacedBy("b", 5)).isTrue();
  }

  @Test
  void ignoresAnotherNameFromARequestThatLeftBefore() {
    incarnation.replacedBy("a", 3);
    incarnation.replacedBy("b", 9);

    assertThat(incarnation.isOutdated(9, "a")).isTrue();
    assertThat(incarnation.isOutdated(9, "b")).isFalse();
  }

  @Test
  void takesAFormerDirectoryBackWhenItIsSurelyTheNewerOne() {
    incarnation.replacedBy("a", 3);
    incarnation.replacedBy("b", 9);

    assertThat(incarnation.isOutdated(10, "a")).isFalse();
    assertThat(incarnation.replacedBy("a", 12)).isTrue();
  }
}
