package io.replog.system.kit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Upper bounds on time, on machines that have other things to do as well: the quickest of a few
/// attempts counts. What is wrong by design is slow each time.
public final class Best {

  private static final int ATTEMPTS = 5;

  private Best() {}

  /// Repeats the attempt until it takes less than `bound`, a few times at most.
  ///
  /// @return what each attempt took, the last one the quickest to be had
  public static List<Duration> of(Duration bound, Supplier<Duration> attempt) {
    List<Duration> taken = new ArrayList<>();
    do {
      taken.add(attempt.get());
    } while (taken.getLast().compareTo(bound) >= 0 && taken.size() < ATTEMPTS);
    return taken;
  }

  /// Whether one of a few attempts comes out as it should; those before it were spoilt by what else
  /// the machine had to do.
  public static boolean any(BooleanSupplier attempt) {
    return IntStream.range(0, ATTEMPTS).anyMatch(_ -> attempt.getAsBoolean());
  }
}
