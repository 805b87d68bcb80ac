package io.replog.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.Stream;
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
  void staysTheSameForEverOfATransaction() {
    Entry entry = Entry.after(Position.START, 1, 1_000, EntryKind.TRANSACTION, "k", "m1");

    assertThat(Chain.toDigits(entry.chain())).isEqualTo("5599290f3dee8156");
  }

  @Test
  void differsByTheKindAlone() {
    for (String key : new String[] {null, "", "k"}) {
      Entry message = Entry.after(Position.START, 1, 1_000, key, "b, r(1), c");
      Entry transaction =
          Entry.after(Position.START, 1, 1_000, EntryKind.TRANSACTION, key, "b, r(1), c");

      assertThat(transaction.chain()).isNotEqualTo(message.chain());
      assertThat(transaction.follows(Position.START)).isTrue();
      assertThat(asMessage(transaction).follows(Position.START)).isFalse();
    }
  }

  private static Entry asMessage(Entry entry) {
    return new Entry(
        entry.index(),
        entry.epoch(),
        entry.timestampMillis(),
        entry.key(),
        entry.text(),
        entry.chain());
  }

  @Test
  void keepsTheKindOnTheWayBetweenNodes() {
    Entry transaction = Entry.after(FIRST.position(), 2, 5, EntryKind.TRANSACTION, "k2", "b, c");
    Entry message = Entry.after(transaction.position(), 2, 6, null, "m");

    List<WireEntry> wire = Stream.of(transaction, message).map(WireEntry::of).toList();

    assertThat(WireEntry.placeBehind(FIRST.position(), wire)).containsExactly(transaction, message);
    assertThat(wire.getLast().kind()).isNull();
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
