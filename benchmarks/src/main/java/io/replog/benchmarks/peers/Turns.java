package io.replog.benchmarks.peers;

import io.replog.benchmarks.load.Tally;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/// What all rounds came to. Each figure is the median of the rounds.
final class Turns {

  private final List<Turn> turns = new ArrayList<>();

  void add(Turn turn) {
    turns.add(turn);
  }

  /// Who took part, in their order.
  List<Contender> contenders() {
    return turns.stream().map(Turn::contender).distinct().sorted().toList();
  }

  double perSecond(Contender contender, int connections) {
    return closed(contender, connections, Tally::perSecond);
  }

  double closedMillis(Contender contender, int connections, double percentile) {
    return closed(contender, connections, tally -> tally.millisAt(percentile));
  }

  private double closed(Contender contender, int connections, ToDoubleFunction<Tally> figure) {
    return median(
        contender, turn -> OptionalDouble.of(figure.applyAsDouble(turn.closed().get(connections))));
  }

  /// Latency at the fixed rate.
  double openMillis(Contender contender, double percentile) {
    return median(contender, turn -> OptionalDouble.of(turn.open().millisAt(percentile)));
  }

  /// Requests a second of the first seconds after the start.
  double firstPerSecond(Contender contender) {
    return median(contender, turn -> OptionalDouble.of(turn.firstSeconds().perSecond()));
  }

  /// Slowest hundredth of the first seconds.
  double firstMillis(Contender contender) {
    return median(contender, turn -> OptionalDouble.of(turn.firstSeconds().millisAt(99)));
  }

  /// Whether messages were sent without waiting for answers.
  boolean isStreamed(Contender contender) {
    return of(contender).stream().anyMatch(turn -> turn.stream().isPresent());
  }

  /// Messages a second of which none was waited for; 0 where one of them failed.
  double streamed(Contender contender) {
    return median(contender, Turn::stream);
  }

  /// Requests a second of one for each of another, by rounds.
  double ratio(Contender contender, Contender other, int connections) {
    return ratio(contender, other, turn -> perSecond(turn, connections));
  }

  /// The same of messages of which none is waited for; 0 where one of both does not do that.
  double streamedRatio(Contender contender, Contender other) {
    return ratio(contender, other, turn -> turn.stream().orElse(0));
  }

  private double ratio(Contender contender, Contender other, ToDoubleFunction<Turn> figure) {
    List<Turn> ours = of(contender);
    List<Turn> theirs = of(other);
    return median(
        IntStream.range(0, Math.min(ours.size(), theirs.size()))
            .mapToDouble(
                round ->
                    quotient(
                        figure.applyAsDouble(ours.get(round)),
                        figure.applyAsDouble(theirs.get(round)))));
  }

  private static double quotient(double ours, double theirs) {
    return theirs == 0 ? 0 : ours / theirs;
  }

  private static double perSecond(Turn turn, int connections) {
    return Objects.requireNonNull(turn.closed().get(connections)).perSecond();
  }

  long lost(Contender contender) {
    return of(contender).stream().mapToLong(Turn::lost).sum();
  }

  private List<Turn> of(Contender contender) {
    return turns.stream().filter(turn -> turn.contender() == contender).toList();
  }

  private double median(Contender contender, Function<Turn, OptionalDouble> figure) {
    return median(of(contender).stream().map(figure).flatMapToDouble(OptionalDouble::stream));
  }

  /// 0 of nothing.
  private static double median(DoubleStream figures) {
    double[] sorted = figures.sorted().toArray();
    int middle = sorted.length / 2;
    if (sorted.length == 0) {
      return 0;
    }
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
