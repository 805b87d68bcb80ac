package io.replog.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.replog.table.Operation.Read;
import io.replog.table.Operation.Write;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotationTest {

  private static final long SEED = Long.getLong("fuzz.seed", 42);
  private static final List<String> PIECES =
      List.of(
          "a", "7", ".", "-", "_", " ", ",", "(", ")", "\"", "\\", "\n", "\t", "\u0000", "\u007f",
          "é", "🜁", "\u2028", "b", "c", "/");

  @Test
  void readsTheNotationOfTheCore() {
    Transaction transaction = Transaction.parse("b, r(12), w(49,53), r(69), c");

    assertThat(transaction.layer()).isNull();
    assertThat(transaction.isReadOnly()).isFalse();
    assertThat(transaction.operations())
        .containsExactly(new Read("12"), new Write("49", "53"), new Read("69"));
    assertThat(transaction.notation()).isEqualTo("b, r(12), w(49,53), r(69), c");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "2"})
  void readsTheNotationOfALayer(int layer) {
    Transaction transaction = Transaction.parse("b%d, r(30), c".formatted(layer));

    assertThat(transaction.layer()).isEqualTo(layer);
    assertThat(transaction.isReadOnly()).isTrue();
    assertThat(transaction.notation()).isEqualTo("b%d, r(30), c".formatted(layer));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "b,r(12),w(49,53),c",
        "  b ,\tr ( 12 ) , w ( 49 , 53 ) , c \n",
        "b\n,\nr(12)\n,\nw(49,\"53\")\n,\nc\n"
      })
  void readsAnyBlanks(String notation) {
    assertThat(Transaction.parse(notation).notation()).isEqualTo("b, r(12), w(49,53), c");
  }

  @Test
  void writesValuesInQuotesWhereTheyWouldBeUnclear() {
    Transaction transaction =
        Transaction.parse("b, w(a,hello world), w(b,\"x,y)\\n\\u00e9\\\"\"), w(c,\"\"), c");

    assertThat(transaction.operations())
        .containsExactly(
            new Write("a", "hello world"), new Write("b", "x,y)\né\""), new Write("c", ""));
    assertThat(transaction.notation())
        .isEqualTo("b, w(a,\"hello world\"), w(b,\"x,y)\\né\\\"\"), w(c,\"\"), c");
  }

  @Test
  void answersInTheSameNotation() {
    Transaction transaction = Transaction.parse("b, r(12), w(49,53), r(69), r(x), c");

    assertThat(transaction.notation(Arrays.asList("7", null, "")))
        .isEqualTo("b, r(12)=7, w(49,53), r(69)=, r(x)=\"\", c");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | 1 | begins with b",
        "r(12), c | 1 | begins with b",
        "B, r(12), c | 1 | begins with b",
        "b3, r(12), c | 1 | begins with b",
        "b | 2 | commit is missing",
        "b, r(12) | 9 | commit is missing",
        "b, r(12), w(49,53) | 19 | commit is missing",
        "b, r(12), | 10 | commit is missing",
        "b, c | 5 | nothing between",
        "b r(12), c | 3 | comma",
        "b, r(12) w(1,2), c | 10 | comma",
        "b, x(12), c | 4 | no operation",
        "b, read(12), c | 4 | no operation",
        "b, r(12), c, c | 12 | behind the commit",
        "b, r(12), c r(1) | 13 | behind the commit",
        "b, r(), c | 6 | a key has",
        "b, r(a b), c | 8 | closed by )",
        "b, r(é), c | 6 | a key has",
        "b, r 12, c | 6 | followed by (key)",
        "b, w(12), c | 8 | comma and a value",
        "b, w(12,), c | 9 | no value",
        "b, w(12,a,b), c | 10 | closed by )",
        "b, w(12,\\n), c | 9 | stands in quotes",
        "b, w(12,,), c | 9 | stands in quotes",
        "b, w(12, | 9 | no value",
        "b, w(12,f(x)), c | 10 | quotes",
        "b, w(12,\"abc), c | 9 | not closed",
        "b, w(12,\"a\\q\"), c | 11 | no escape",
        "b, w(12,\"\\u12\"), c | 10 | four hexadecimal",
        "b1, r(30), w(1,2), c | 12 | only reads",
      })
  void saysWhereItGoesWrongAndWhatWouldBeRight(String notation, int place, String what) {
    BadNotationException bad =
        catchThrowableOfType(BadNotationException.class, () -> Transaction.parse(notation));

    assertThat(bad)
        .hasMessageContaining(what)
        .hasMessageStartingWith("at character " + place + ":");
    assertThat(bad.place()).isEqualTo(place);
  }

  @Test
  void takesAThousandOperationsAndNoMore() {
    String most = "b" + ", r(1)".repeat(Transaction.MAX_OPERATIONS) + ", c";

    assertThat(Transaction.parse(most).operations()).hasSize(1_000);
    assertThatThrownBy(() -> Transaction.parse(most.replace(", c", ", r(1), c")))
        .isInstanceOf(BadNotationException.class)
        .hasMessageContaining("at most 1000 operations");
  }

  @Test
  void boundsKeysAndValues() {
    String key = "k".repeat(128);
    String value = "v".repeat(Transaction.MAX_VALUE_CHARACTERS);

    assertThat(Transaction.parse("b, w(" + key + "," + value + "), c").operations())
        .containsExactly(new Write(key, value));
    assertThatThrownBy(() -> Transaction.parse("b, r(k" + key + "), c"))
        .isInstanceOf(BadNotationException.class);
    assertThatThrownBy(() -> Transaction.parse("b, w(1,v" + value + "), c"))
        .isInstanceOf(BadNotationException.class)
        .hasMessageContaining("at most 65536 characters");
    assertThatThrownBy(() -> Transaction.parse("b, w(1,\"\\ud800\"), c"))
        .isInstanceOf(BadNotationException.class)
        .hasMessageContaining("surrogate");
  }

  /// Whatever is made is written in one way, and read back.
  @Test
  void givesBackWhateverWasWritten() {
    SplittableRandom random = new SplittableRandom(SEED);
    for (int round = 0; round < 5_000; round++) {
      List<Operation> operations = new ArrayList<>();
      for (int n = random.nextInt(1, 6); n > 0; n--) {
        String key = "k" + random.nextInt(10);
        operations.add(random.nextBoolean() ? new Read(key) : new Write(key, text(random)));
      }
      Transaction transaction = new Transaction(null, operations);

      assertThat(Transaction.parse(transaction.notation())).isEqualTo(transaction);
    }
  }

  /// Nothing but a transaction or a refusal comes of any text.
  @Test
  void readsOrRefusesAnyText() {
    SplittableRandom random = new SplittableRandom(SEED);
    String sample = "b, r(12), w(49,\"5\\u00e93\"), r(69), c";
    int taken = 0;
    for (int round = 0; round < 20_000; round++) {
      StringBuilder text = new StringBuilder(sample);
      for (int n = random.nextInt(1, 4); n > 0; n--) {
        int place = random.nextInt(text.length());
        text.replace(place, place + random.nextInt(2), PIECES.get(random.nextInt(PIECES.size())));
      }
      try {
        String notation = Transaction.parse(text.toString()).notation();
        assertThat(Transaction.parse(notation).notation()).isEqualTo(notation);
        taken++;
      } catch (BadNotationException refused) {
        assertThat(refused.place()).isBetween(1, text.length() + 1);
      }
    }
    assertThat(taken).isPositive();
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int n = random.nextInt(8); n > 0; n--) {
      text.append(PIECES.get(random.nextInt(PIECES.size())));
    }
    return text.toString();
  }
}
