package io.replog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class TableTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);

  private final Table table = new Table();

  private Applied apply(long index, String notation) {
    return table.apply(index, Transaction.parse(notation));
  }

  @Test
  void readsWhatTheTransactionItselfHasWritten() {
    apply(1, "b, w(12,7), c");

    Applied applied = apply(2, "b, r(12), w(12,8), r(12), w(12,9), r(12), r(13), c");

    assertThat(applied.reads()).containsExactly("7", "8", "9", null);
    assertThat(applied.changes()).containsExactly(new Change("12", "7", "9"));
    assertThat(table.get("12")).isEqualTo(new Row("12", "9", 2));
  }

  @Test
  void tellsWhatIsNewFromWhatWasThere() {
    apply(1, "b, w(b,1), c");

    Applied applied = apply(2, "b, w(a,2), w(b,3), c");

    assertThat(applied.changes())
        .containsExactly(new Change("a", null, "2"), new Change("b", "1", "3"));
  }

  @Test
  void leavesNothingWhenItOnlyReads() {
    apply(1, "b, w(1,x), c");

    assertThat(table.read(Transaction.parse("b0, r(1), r(2), c"))).containsExactly("x", null);
    assertThat(apply(2, "b, r(1), r(2), c").changes()).isEmpty();
    assertThat(table.size()).isEqualTo(1);
  }

  @Test
  void tellsWhatATransactionWouldReadAndChangesNothing() {
    apply(1, "b, w(1,x), c");
    Transaction transaction = Transaction.parse("b, r(1), w(1,y), r(1), w(2,z), r(2), r(3), c");

    List<String> before = table.read(transaction);

    assertThat(before).containsExactly("x", "y", "z", null);
    assertThat(table.get("1").value()).isEqualTo("x");
    assertThat(table.size()).isEqualTo(1);
    assertThat(table.apply(2, transaction).reads()).isEqualTo(before);
  }

  @Test
  void pagesInTheOrderOfKeys() {
    apply(1, "b, w(b,1), w(a,2), w(10,3), w(9,4), c");

    assertThat(table.page("", 10)).extracting(Row::key).containsExactly("10", "9", "a", "b");
    assertThat(table.page("9", 2)).extracting(Row::key).containsExactly("9", "a");
    assertThat(table.page("91", 1)).extracting(Row::key).containsExactly("a");
    assertThat(table.page("z", 1)).isEmpty();
  }

  @Test
  void countsWhatItHoldsAndWhatATransactionWouldAdd() {
    assertThat(growth("b, w(ab,é), c")).isEqualTo(Table.ROW_BYTES + 4);
    apply(1, "b, w(ab,é), c");

    assertThat(table.bytes()).isEqualTo(Table.ROW_BYTES + 4);
    assertThat(growth("b, w(ab,xyz), w(ab,x), r(ab), c")).isZero();
    assertThat(growth("b, w(ab,xyz), c")).isEqualTo(1);
    assertThat(growth("b, w(new,1), w(new,22), c")).isEqualTo(Table.ROW_BYTES + 5);
    assertThat(growth("b, r(ab), c")).isZero();
  }

  private long growth(String notation) {
    return table.growth(Transaction.parse(notation));
  }

  /// Held against a plain map; and from wherever a snapshot was taken, the rest of the transactions
  /// makes the same bytes.
  @Test
  void isTheSameFromEverySnapshot() {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, String> model = new HashMap<>();
    List<Transaction> all = new ArrayList<>();
    List<byte[]> snapshots = new ArrayList<>();
    for (int index = 1; index <= 300; index++) {
      Transaction transaction = random(random);
      snapshots.add(TableCodec.encode(table));
      all.add(transaction);
      List<String> expected = carryOut(transaction, model);
      long growth = table.growth(transaction);
      long before = table.bytes();

      Applied applied = table.apply(index, transaction);

      assertThat(applied.reads()).isEqualTo(expected);
      assertThat(growth).isEqualTo(Math.max(0, table.bytes() - before));
    }
    assertThat(table.page("", 1_000)).allMatch(row -> row.value().equals(model.get(row.key())));
    assertThat(table.size()).isEqualTo(model.size());
    byte[] end = TableCodec.encode(table);
    for (int from = 0; from < all.size(); from += 7) {
      Table rebuilt = TableCodec.decode(snapshots.get(from));
      for (int i = from; i < all.size(); i++) {
        rebuilt.apply(i + 1L, all.get(i));
      }
      assertThat(TableCodec.encode(rebuilt)).isEqualTo(end);
      assertThat(rebuilt.bytes()).isEqualTo(table.bytes());
    }
  }

  /// Negative control: one transaction that is left out, or two in another order, is noticed.
  @Test
  void differsWhenATransactionIsLeftOutOrTwoHaveChangedPlaces() {
    List<String> all = List.of("b, w(1,a), c", "b, w(1,b), w(2,b), c", "b, w(2,c), c");

    byte[] right = encoded(all);

    assertThat(encoded(all.subList(0, 2))).isNotEqualTo(right);
    assertThat(encoded(List.of(all.get(0), all.get(2), all.get(1)))).isNotEqualTo(right);
  }

  private static byte[] encoded(List<String> notations) {
    Table made = new Table();
    for (int i = 0; i < notations.size(); i++) {
      made.apply(i + 1L, Transaction.parse(notations.get(i)));
    }
    return TableCodec.encode(made);
  }

  @Test
  void refusesBytesThatAreNoTable() {
    apply(1, "b, w(1,a), w(2,bcd), c");
    byte[] bytes = TableCodec.encode(table);

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> TableCodec.decode(cut))
          .as("%d bytes", length)
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> TableCodec.decode(longer))
        .isInstanceOf(IllegalArgumentException.class);
    bytes[3] = 2;
    assertThatThrownBy(() -> TableCodec.decode(bytes)).hasMessageContaining("version 2");
  }

  private static Transaction random(SplittableRandom random) {
    List<Operation> operations = new ArrayList<>();
    for (int n = random.nextInt(1, 5); n > 0; n--) {
      String key = "k" + random.nextInt(20);
      operations.add(
          random.nextBoolean()
              ? new Operation.Read(key)
              : new Operation.Write(key, "é".repeat(random.nextInt(9))));
    }
    return new Transaction(null, operations);
  }

  private static List<String> carryOut(Transaction transaction, Map<String, String> model) {
    List<String> reads = new ArrayList<>();
    for (Operation operation : transaction.operations()) {
      switch (operation) {
        case Operation.Read(String key) -> reads.add(model.get(key));
        case Operation.Write(String key, String value) -> model.put(key, value);
      }
    }
    return reads;
  }
}
