package io.replog.table;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads and writes that happen together and in this order: all of them or none, with nothing of
/// anybody else between them.
///
/// One of the core has no layer. It is an entry of the log, also when it only reads, so that what
/// it reads is what everything before it in the one order has written. One with a layer only reads,
/// at a node of that layer, and leaves nothing behind.
///
/// Notation: `b, r(12), w(49,53), r(69), c` of the core, `b1, r(30), c` of layer 1; see [Notation].
///
/// @param layer 0 to [#MAX_LAYER], null for one of the core
/// @param operations 1 to [#MAX_OPERATIONS]
public record Transaction(@Nullable Integer layer, List<Operation> operations) {

  public static final int MAX_OPERATIONS = 1_000;
  public static final int MAX_LAYER = 2;
  public static final int MAX_VALUE_CHARACTERS = 65_536;

  /// @throws IllegalArgumentException if it is none, with what would be right
  public Transaction {
    operations = List.copyOf(operations);
    if (operations.isEmpty()) {
      throw new IllegalArgumentException("a transaction has at least one operation");
    }
    if (operations.size() > MAX_OPERATIONS) {
      throw new IllegalArgumentException(
          "a transaction has at most %d operations, not %d"
              .formatted(MAX_OPERATIONS, operations.size()));
    }
    if (layer != null) {
      requireReads(layer, operations);
    }
  }

  private static void requireReads(int layer, List<Operation> operations) {
    if (layer < 0 || layer > MAX_LAYER) {
      throw new IllegalArgumentException("a layer is 0, 1 or 2, not " + layer);
    }
    for (Operation operation : operations) {
      if (operation instanceof Operation.Write) {
        throw new IllegalArgumentException(
            "b%d only reads: w(%s,…) needs a transaction of the core, which begins with b"
                .formatted(layer, operation.key()));
      }
    }
  }

  /// The transaction that a text is.
  ///
  /// @throws BadNotationException if it is none
  public static Transaction parse(String notation) {
    return new Notation(notation).transaction();
  }

  /// Whether it is read at one node and leaves no entry.
  public boolean isReadOnly() {
    return layer != null;
  }

  /// The one way in which this transaction is written; [#parse] gives it back.
  public String notation() {
    return operations.stream()
        .map(Transaction::written)
        .collect(Collectors.joining(", ", begin() + ", ", ", c"));
  }

  /// The same with the value behind each read: `r(12)=7`, and nothing behind `=` where there is no
  /// such key.
  ///
  /// @param reads a value for each read, in their order; null = no such key
  public String notation(List<@Nullable String> reads) {
    Iterator<@Nullable String> values = reads.iterator();
    return operations.stream()
        .map(operation -> written(operation) + found(operation, values))
        .collect(Collectors.joining(", ", begin() + ", ", ", c"));
  }

  /// The keys that it reads, in order.
  public List<String> readKeys() {
    return operations.stream()
        .filter(Operation.Read.class::isInstance)
        .map(Operation::key)
        .toList();
  }

  private String begin() {
    return layer == null ? "b" : "b" + layer;
  }

  private static String written(Operation operation) {
    return switch (operation) {
      case Operation.Read(String key) -> "r(" + key + ")";
      case Operation.Write(String key, String value) ->
          "w(" + key + "," + Value.written(value) + ")";
    };
  }

  private static String found(Operation operation, Iterator<@Nullable String> values) {
    return switch (operation) {
      case Operation.Read _ -> {
        String value = values.next();
        yield "=" + (value == null ? "" : Value.written(value));
      }
      case Operation.Write _ -> "";
    };
  }
}
