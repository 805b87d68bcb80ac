package io.replog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ChainTest {

  private static final Entry FIRST = Entry.after(Position.START, 1, 1_000, "k", "m1");

  @Test
  void staysTheSameForEver() {
    assertThat(Chain.toDigits(FIRST.chain())).isEqualTo("822f002daa94f599");
  }

  @Test
  void changesWithEveryPartOfTheEntry() {
    assertThat(
            new long[] {
              Chain.next(1, 1, 1, 1_000, "k", "m1"),
              Chain.next(0, 2, 1, 1_000, "k", "m1"),
              Chain.next(0, 1, 2, 1_000, "k", "m1"),
              Chain.next(0, 1, 1, 1_001, "k", "m1"),
              Chain.next(0, 1, 1, 1_000, null, "m1"),
              Chain.next(0, 1, 1, 1_000, "", "m1"),
              Chain.next(0, 1, 1, 1_000, "km", "1"),
              Chain.next(0, 1, 1, 1_000, "k", "m2"),
            })
        .doesNotHaveDuplicates()
        .doesNotContain(FIRST.chain());
  }

  @Test
  void recognisesTheDirectSuccessorOnly() {
    Entry second = Entry.after(FIRST.position(), 1, 1_000, null, "m2");

    assertThat(second.follows(FIRST.position())).isTrue();
    assertThat(second.follows(Position.START)).isFalse();
    assertThat(FIRST.follows(FIRST.position())).isFalse();
  }

  @Test
  void readsBackItsDigits() {
    assertThat(Chain.fromDigits(Chain.toDigits(-2))).isEqualTo(-2);
    assertThatThrownBy(() -> Chain.fromDigits("12")).isInstanceOf(IllegalArgumentException.class);
  }
}
