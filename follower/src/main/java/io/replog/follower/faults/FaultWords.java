package io.replog.follower.faults;

import io.replog.node.faults.InjectedFaults;
import java.util.ArrayList;
import java.util.List;

/// Faults in words, for a log line.
final class FaultWords {

  private FaultWords() {}

  static String of(InjectedFaults faults) {
    List<String> words = new ArrayList<>();
    add(words, faults.delayMillis() > 0, "delay " + faults.delayMillis() + " ms");
    add(words, faults.jitterMillis() > 0, "jitter " + faults.jitterMillis() + " ms");
    add(
        words,
        faults.errorBeforePercent() > 0,
        percent("errors before", faults.errorBeforePercent()));
    add(words, faults.errorAfterPercent() > 0, percent("errors after", faults.errorAfterPercent()));
    add(
        words,
        faults.dropAnswersPercent() > 0,
        percent("dropped answers", faults.dropAnswersPercent()));
    add(words, faults.pause(), "paused");
    add(words, faults.partition(), "partitioned");
    return words.isEmpty() ? "none" : String.join(", ", words) + ", seed " + faults.seed();
  }

  private static String percent(String what, int percent) {
    return what + " " + percent + " %";
  }

  private static void add(List<String> words, boolean applies, String word) {
    if (applies) {
      words.add(word);
    }
  }
}
