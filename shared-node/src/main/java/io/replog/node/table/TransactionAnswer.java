package io.replog.node.table;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.replog.node.problem.ProblemType;
import io.replog.node.problem.Refusal;
import io.replog.table.Transaction;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How a transaction ended.
///
/// JSON: `{"index":7,"transaction":"b, r(12)=7, w(49,53), c","reads":[{"key":"12","value":"7"}]}`
///
/// @param index of its entry, or the entry at which it was read
/// @param transaction its notation, with the value behind each read; nothing is behind `=` where
///   there was no such key
/// @param reads what it has read, in order; null when that is not known any more, as when it is
///   repeated with its key long after, and when it has become too much since it was let in
@JsonPropertyOrder({"index", "transaction", "reads"})
public record TransactionAnswer(
    @JsonProperty("index") long index,
    @JsonProperty("transaction") String transaction,
    @JsonProperty("reads") @Nullable List<ReadValue> reads) {

  /// Characters of values in one answer.
  private static final long MAX_CHARACTERS = 4 << 20;

  /// What one read has found.
  ///
  /// @param key the key
  /// @param value its value, null = there was no such key
  @JsonPropertyOrder({"key", "value"})
  public record ReadValue(
      @JsonProperty("key") String key, @JsonProperty("value") @Nullable String value) {}

  /// @param values one for each read, null when they are not known
  public static TransactionAnswer of(
      long index, Transaction transaction, @Nullable List<@Nullable String> values) {
    return values == null || characters(values) > MAX_CHARACTERS
        ? new TransactionAnswer(index, transaction.notation(), null)
        : new TransactionAnswer(
            index, transaction.notation(values), reads(transaction.readKeys(), values));
  }

  /// @throws Refusal 413 if that is too much for an answer
  static void requireBound(List<@Nullable String> values) {
    long characters = characters(values);
    if (characters > MAX_CHARACTERS) {
      throw Refusal.of(
          ProblemType.TOO_LARGE,
          "what it reads has %d characters, an answer at most %d: read fewer keys at once"
              .formatted(characters, MAX_CHARACTERS));
    }
  }

  private static long characters(List<@Nullable String> values) {
    return values.stream().filter(Objects::nonNull).mapToLong(String::length).sum();
  }

  private static List<ReadValue> reads(List<String> keys, List<@Nullable String> values) {
    Iterator<@Nullable String> value = values.iterator();
    List<ReadValue> reads = new ArrayList<>();
    keys.forEach(key -> reads.add(new ReadValue(key, value.next())));
    return reads;
  }
}
