package io.replog.node.json;

import io.replog.node.problem.Refusal;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.module.SimpleModule;

/// Reads an integer only from a number that is written as one.
///
/// @param <N> `Integer` or `Long`
final class WholeNumber<N extends Number> extends StdScalarDeserializer<N> {

  private final long least;
  private final long most;
  private final transient LongFunction<N> box;

  /// What a missing field is worth; null for boxed types, which may also be null in JSON.
  private final @Nullable N missing;

  private WholeNumber(
      Class<N> type, long least, long most, LongFunction<N> box, @Nullable N missing) {
    super(type);
    this.least = least;
    this.most = most;
    this.box = box;
    this.missing = missing;
  }

  /// Registers readers of `int`, `long` and their boxes.
  static SimpleModule in(SimpleModule module) {
    return module
        .addDeserializer(int.class, ints(0))
        .addDeserializer(Integer.class, ints(null))
        .addDeserializer(long.class, longs(0L))
        .addDeserializer(Long.class, longs(null));
  }

  @Override
  public N deserialize(JsonParser parser, DeserializationContext context) {
    return box.apply(within(parser, least, most));
  }

  /// The integer that the parser stands at, if it is from `least` to `most`.
  static long within(JsonParser parser, long least, long most) {
    if (!parser.hasToken(JsonToken.VALUE_NUMBER_INT)) {
      throw Found.instead(parser, "an integer");
    }
    if (parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
      long value = parser.getLongValue();
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw Found.instead(parser, "an integer from %d to %d".formatted(least, most));
  }

  @Override
  public @Nullable Object getNullValue(DeserializationContext context) {
    if (missing != null) {
      throw Refusal.badRequest("is null, it must be an integer");
    }
    return null;
  }

  @Override
  public @Nullable Object getAbsentValue(DeserializationContext context) {
    return missing;
  }

  private static WholeNumber<Integer> ints(@Nullable Integer missing) {
    return new WholeNumber<>(
        Integer.class, Integer.MIN_VALUE, Integer.MAX_VALUE, value -> (int) value, missing);
  }

  private static WholeNumber<Long> longs(@Nullable Long missing) {
    return new WholeNumber<>(Long.class, Long.MIN_VALUE, Long.MAX_VALUE, value -> value, missing);
  }
}
